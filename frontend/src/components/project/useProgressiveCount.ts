import { startTransition, useEffect, useState } from "react";

/** As many as a phone shows. */
const FIRST = 2;

/** What has been on a screen; a list that is kept keeps its items. */
const shown = new WeakSet<object>();

/**
 * How many of a list's items to render now. What is new comes one by one, between which the browser
 * answers the person; a list that was shown before is there at once, so that Back finds its place.
 */
export function useProgressiveCount(items: readonly object[]): number {
  const total = items.length;
  const [count, setCount] = useState(() => (items.some((item) => shown.has(item)) ? total : FIRST));
  useEffect(() => {
    for (const item of items.slice(0, count)) shown.add(item);
    if (count >= total) return;
    const timer = setTimeout(() => startTransition(() => setCount(count + 1)));
    return () => clearTimeout(timer);
  }, [items, count, total]);
  return Math.min(count, total);
}
