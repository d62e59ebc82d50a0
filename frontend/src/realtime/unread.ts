/** How many unread messages there are, for every page's title; the inbox, read later, sets it. */
import { useSyncExternalStore } from "react";

let unread = 0;
const listeners = new Set<() => void>();

/** Show this number from now on. */
export function setUnread(count: number): void {
  if (count === unread) return;
  unread = count;
  for (const listener of listeners) listener();
}

/** The number of unread messages, 0 until it is known. */
export function useUnread(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => unread,
  );
}
