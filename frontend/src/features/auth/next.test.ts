import { expect, it } from "vitest";
import { safeNext } from "./next";

it.each([
  ["/projects/3?x=1", "/projects/3?x=1"],
  ["//evil.example", "/home"],
  ["/\\evil.example", "/home"],
  ["https://evil.example", "/home"],
  ["javascript:alert(1)", "/home"],
  ["/\t/evil.example", "/home"],
  ["/\n/evil.example", "/home"],
  ["\t//evil.example", "/home"],
  ["/\r\\evil.example", "/home"],
  ["/a\\..\\..\\evil", "/home"],
  ["/프로젝트?검색=a b#c", "/프로젝트?검색=a b#c"],
  ["", "/home"],
])("goes from next=%s to %s", (next, expected) => {
  expect(safeNext(new URLSearchParams({ next }), "/home")).toBe(expected);
});
