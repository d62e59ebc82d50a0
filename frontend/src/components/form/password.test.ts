import { expect, it } from "vitest";
import { passwordStrength } from "./password";

it.each([
  ["", 0],
  ["short", 1],
  ["1234567890", 1],
  ["aaaaaaaaaaaa", 1],
  ["abcdefgh", 2],
  ["abcdefg1", 3],
  ["correct horse battery staple", 4],
])("rates %j as %i", (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});
