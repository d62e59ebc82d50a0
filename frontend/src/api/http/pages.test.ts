import { describe, expect, it } from "vitest";
import { itemsOf, nextCursor } from "./pages";

describe("nextCursor", () => {
  it("takes the cursor out of the link, wherever the API is", () => {
    expect(nextCursor({ next: "https://api.example/api/v1/projects/?cursor=a%2Bb&x=1" })).toBe(
      "a+b",
    );
    expect(nextCursor({ next: "/api/v1/rooms/?cursor=c" })).toBe("c");
  });

  it("says nothing after the last page", () => {
    expect(nextCursor({ next: null })).toBeUndefined();
    expect(nextCursor({})).toBeUndefined();
  });
});

describe("itemsOf", () => {
  it("shows each item once, where it was first, when pages overlap", () => {
    const pages = [{ results: [{ id: 3 }, { id: 2 }] }, { results: [{ id: 2 }, { id: 1 }] }];
    expect(itemsOf({ pages, pageParams: [] }).map(({ id }) => id)).toEqual([3, 2, 1]);
  });

  it("is empty before the first answer", () => {
    expect(itemsOf(undefined)).toEqual([]);
  });
});
