import { startTransition, useEffect, useState } from "react";

/** As many as a phone shows. */
const FIRST = 2;
const FRESH = 1000;

/**
 * How many of a list's items to render now. What has just arrived (`arrivedAt`, milliseconds since
 * 1970) comes one by one, between which the browser answers the person; what was kept is there at
 * once, so that Back finds its place.
 */
export function useInSteps(total: number, arrivedAt: number): number {
  const [count, setCount] = useState(() => (Date.now() - arrivedAt < FRESH ? FIRST : total));
  useEffect(() => {
    if (count >= total) return;
    const timer = setTimeout(() => startTransition(() => setCount(count + 1)));
    return () => clearTimeout(timer);
  }, [count, total]);
  return Math.min(count, total);
}
