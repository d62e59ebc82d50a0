import { expect, test } from "vitest";
import { exactNumber, shortNumber } from "./format";

test.each([
  [0, "0", "0"],
  [999, "999", "999"],
  [1234, "1,234", "1,234"],
  [12_345, "1.2만", "12K"],
  [1_200_000, "120만", "1.2M"],
])("%i is short and as its language writes it", (value, korean, english) => {
  expect(shortNumber(value, "ko")).toBe(korean);
  expect(shortNumber(value, "en")).toBe(english);
});

test("exact numbers are written in full", () => {
  expect(exactNumber(7)).toBe("7");
  expect(exactNumber(1_234_567)).toBe("1,234,567");
});
