import { expect, it } from "vitest";
import { relativeTime } from "./RelativeTime";

const NOW = Date.parse("2026-11-23T12:00:00Z");

it.each([
  ["2026-11-23T11:59:30Z", "ko", "지금"],
  ["2026-11-23T11:57:00Z", "ko", "3분 전"],
  ["2026-11-23T09:00:00Z", "en", "3 hours ago"],
  ["2026-11-22T11:00:00Z", "en", "yesterday"],
])("says %s in %s as %s", (at, language, words) => {
  expect(relativeTime(at, language, NOW)).toBe(words);
});

it("says the date of what is older than a week", () => {
  expect(relativeTime("2026-10-01T12:00:00Z", "en", NOW)).toContain("2026");
});
