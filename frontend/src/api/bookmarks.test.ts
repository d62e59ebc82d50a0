import { expect, it } from "vitest";
import { toggled } from "./bookmarks";

it("counts a bookmark once, however often it is turned the same way", () => {
  const on = toggled({ bookmarked: false, bookmark_count: 2 }, true);
  expect(on).toEqual({ bookmarked: true, bookmark_count: 3 });
  expect(toggled(on, true)).toEqual(on);
  expect(toggled(on, false)).toEqual({ bookmarked: false, bookmark_count: 2 });
});
