import type { Notification } from "@/api/notifications";

/** The notifications of one day of the reader's, the unread ones first. */
export interface Day {
  /** Midnight at its beginning, in milliseconds. */
  start: number;
  rows: Notification[];
}

/** Notifications, newest first, as days. */
export function byDay(rows: Notification[]): Day[] {
  const days = new Map<number, Notification[]>();
  for (const row of rows) {
    const start = new Date(row.updated_at).setHours(0, 0, 0, 0);
    days.set(start, [...(days.get(start) ?? []), row]);
  }
  return [...days].map(([start, all]) => ({
    start,
    rows: all.toSorted((a, b) => Number(Boolean(a.read_at)) - Number(Boolean(b.read_at))),
  }));
}

/** "today", "yesterday", or null for an earlier day. */
export function nearName(start: number, now = Date.now()): "today" | "yesterday" | null {
  const today = new Date(now).setHours(0, 0, 0, 0);
  if (start === today) return "today";
  const before = new Date(now);
  before.setDate(before.getDate() - 1);
  return start === before.setHours(0, 0, 0, 0) ? "yesterday" : null;
}
