import { act, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import i18n, { type Language } from "@/i18n";
import { RelativeTime, relativeTime } from "./RelativeTime";

// Its clock begins when it is imported.
vi.hoisted(() => vi.useFakeTimers());
afterAll(() => vi.useRealTimers());

const NOW = Date.parse("2026-11-23T12:00:00Z");

// Both languages' texts are there.
beforeAll(() => i18n.changeLanguage("ko"));

it.each<[string, Language, string]>([
  ["2026-11-23T11:59:30Z", "ko", "방금"],
  ["2026-11-23T12:05:00Z", "en", "just now"],
  ["2026-11-23T11:57:00Z", "ko", "3분 전"],
  ["2026-11-23T09:00:00Z", "en", "3 hours ago"],
  ["2026-11-22T11:00:00Z", "en", "1 day ago"],
  ["2026-11-09T11:00:00Z", "ko", "2주 전"],
  ["2026-10-01T12:00:00Z", "en", "1 month ago"],
  ["2024-09-01T12:00:00Z", "ko", "2년 전"],
])("says %s in %s as %s", (at, language, words) => {
  expect(relativeTime(at, i18n.getFixedT(language), NOW)).toBe(words);
});

it("goes on on an open page", () => {
  render(<RelativeTime at={new Date(Date.now() - 30_000).toISOString()} />);
  const shown = screen.getByText(i18n.t("time.now"));
  act(() => vi.advanceTimersByTime(120_000));
  expect(shown).toHaveTextContent(i18n.t("time.minute", { count: 2 }));
});
