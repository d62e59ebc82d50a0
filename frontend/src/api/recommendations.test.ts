import { expect, it } from "vitest";
import { without } from "./recommendations";
import type { Recommendations } from "./types";

it("takes a dismissed project out of the list and leaves the others in their order", () => {
  const list = { results: [1, 2, 3].map((id) => ({ project: { id } })) };
  const left = without(2)(list as unknown as Recommendations);
  expect(left?.results.map(({ project }) => project.id)).toEqual([1, 3]);
});

it("has nothing to take out of a list that is not there yet", () => {
  expect(without(2)(undefined)).toBeUndefined();
});
