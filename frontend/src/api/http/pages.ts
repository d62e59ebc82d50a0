import type { InfiniteData } from "@tanstack/react-query";

/** One page of a cursor list. */
export interface Page<Item> {
  results: Item[];
  next: string | null;
  previous: string | null;
}

/** The cursor of the page that follows; undefined after the last one. */
export function nextCursor(page: { next?: string | null }): string | undefined {
  if (!page.next) return undefined;
  return new URL(page.next, window.location.href).searchParams.get("cursor") ?? undefined;
}

/**
 * All items of the pages read so far, each once: something new at the top pushes what was on one
 * page to the next when a page is read again.
 */
export function itemsOf<Item extends { id: number | string } | { username: string }>(
  data: InfiniteData<{ results: Item[] }> | undefined,
): Item[] {
  const seen = new Map<number | string, Item>();
  for (const page of data?.pages ?? []) {
    for (const item of page.results) {
      const key = "id" in item ? item.id : item.username;
      if (!seen.has(key)) seen.set(key, item);
    }
  }
  return [...seen.values()];
}
