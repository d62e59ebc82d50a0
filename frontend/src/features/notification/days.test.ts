import { expect, it } from "vitest";
import type { Notification } from "@/api/notifications";
import { byDay, nearName } from "./days";

const row = (id: number, at: string, read = false): Notification => ({
  id,
  kind: "comment",
  title: "",
  url: "",
  count: 1,
  actor: null,
  updated_at: at,
  read_at: read ? at : null,
});

it("puts each day's notifications together, the unread ones first", () => {
  const days = byDay([
    row(1, "2026-11-27T10:00:00", true),
    row(2, "2026-11-27T09:00:00"),
    row(3, "2026-11-26T23:59:00"),
  ]);
  expect(days.map(({ rows }) => rows.map(({ id }) => id))).toEqual([[2, 1], [3]]);
});

it("names today and yesterday, by the reader's clock", () => {
  const now = new Date(2026, 10, 1, 0, 5).getTime();
  const day = (date: number) => new Date(2026, 10, date).getTime();
  expect(nearName(day(1), now)).toBe("today");
  expect(nearName(day(0), now)).toBe("yesterday");
  expect(nearName(day(-1), now)).toBeNull();
});
