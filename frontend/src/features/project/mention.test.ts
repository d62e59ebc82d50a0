import { expect, it } from "vitest";
import { complete, matching, mentionAt } from "./mention";

it.each([
  ["@", 1, { start: 0, letters: "" }],
  ["고마워요 @소", 7, { start: 5, letters: "소" }],
  ["(@kim", 5, { start: 1, letters: "kim" }],
])("finds the mention that is typed in %j", (text, caret, found) =>
  expect(mentionAt(text, caret)).toEqual(found),
);

it.each([
  ["a@kim", 5],
  ["@kim ", 5],
  ["https://x.io/@kim", 17],
  ["없음", 2],
])("finds none in %j", (text, caret) => expect(mentionAt(text, caret)).toBeNull());

it("offers people in any case, also from letters that a keyboard sent apart", () => {
  expect(matching(["Kim", "kimchi", "lee"], "KI")).toEqual(["Kim", "kimchi"]);
  expect(matching(["소연"], "소".normalize("NFD"))).toEqual(["소연"]);
});

it("completes in the middle of a text", () =>
  expect(complete("앞 @ki 뒤", 5, 2, "Kim")).toEqual({ text: "앞 @Kim  뒤", caret: 7 }));
