import { afterEach, expect, it, vi } from "vitest";
import { beginAtTop } from "./freshScroll";

const KEPT = "react-router-scroll-positions";

function opened(type: string): Record<string, number> {
  sessionStorage.setItem(KEPT, JSON.stringify({ default: 900, abc: 40 }));
  vi.spyOn(performance, "getEntriesByType").mockReturnValue([{ type } as never]);
  beginAtTop();
  return JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
}

afterEach(() => vi.restoreAllMocks());

it("opens an address at its top, and keeps the places that Back returns to", () => {
  expect(opened("navigate")).toEqual({ abc: 40 });
});

it.each(["reload", "back_forward"])("keeps the place after a %s", (type) => {
  expect(opened(type)).toEqual({ default: 900, abc: 40 });
});
