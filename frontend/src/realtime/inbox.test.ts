import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { notificationKeys } from "@/api/notifications";
import { putRoom, removeRoom, roomKeys, withRoom } from "@/api/rooms";
import type { Room } from "@/api/types";
import { FakeWebSocket, fakeWebSockets } from "@/testing/fakeWebSocket";
import { Inbox } from "./inbox";

vi.mock("@/auth/session", () => ({
  getAccessToken: async () => "token",
  refreshAccessToken: async () => "token",
  sessionState: () => "in",
  subscribe: () => () => {},
}));

function room(id: string, day: number, part: Partial<Room> = {}): Room {
  const at = new Date(Date.UTC(2026, 0, day)).toISOString();
  return {
    id,
    partner: { username: id, image: null },
    status: "stop",
    pending_reason: null,
    writable: true,
    project: null,
    unread_count: 0,
    last_message: null,
    last_read_seq: 0,
    partner_read_seq: 0,
    created_at: at,
    updated_at: at,
    ...part,
  };
}

const pagesOf = (pages: Room[][], more = false) => ({
  pages: pages.map((results, index) => ({
    results,
    next: more || index < pages.length - 1 ? "http://x/?cursor=c" : null,
    previous: null,
  })),
  pageParams: pages.map(() => ""),
});
const idsOf = (data: { pages: { results: Room[] }[] } | undefined) =>
  data?.pages.map((page) => page.results.map(({ id }) => id));

describe("the list of rooms", () => {
  const data = pagesOf([
    [room("a", 9), room("b", 8)],
    [room("c", 7), room("d", 6)],
  ]);

  it("moves a room with news to the top", () => {
    expect(idsOf(withRoom(data, room("c", 10)))).toEqual([["c", "a", "b"], ["d"]]);
  });

  it("keeps a room in its place when only its status changed", () => {
    const changed = withRoom(data, room("c", 7, { status: "running" }));
    expect(changed.pages.flatMap(({ results }) => results)[2]).toMatchObject({
      id: "c",
      status: "running",
    });
    expect(idsOf(changed)?.flat()).toEqual(["a", "b", "c", "d"]);
  });

  it("leaves a room that belongs to a page not read yet to that page", () => {
    expect(idsOf(withRoom(pagesOf([[room("a", 9)]], true), room("z", 1)))).toEqual([["a"]]);
    expect(idsOf(withRoom(pagesOf([[room("a", 9)]]), room("z", 1)))).toEqual([["a", "z"]]);
    expect(idsOf(withRoom(pagesOf([[]]), room("z", 1)))).toEqual([["z"]]);
  });
});

describe("the inbox", () => {
  let client: QueryClient;
  let inbox: Inbox;
  const says = (frame: object) => FakeWebSocket.last.receives(JSON.stringify(frame));

  beforeEach(async () => {
    vi.useFakeTimers();
    fakeWebSockets();
    client = new QueryClient();
    client.setQueryData(roomKeys.list, pagesOf([[room("a", 9), room("b", 8)]]));
    inbox = new Inbox(client);
    inbox.enter();
    await vi.advanceTimersByTimeAsync(0);
    says({ type: "unread", total: 3, notifications: 0 });
  });

  afterEach(() => {
    inbox.leave();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("counts what is unread", () => {
    expect(inbox.unread()).toBe(3);
    says({ type: "unread", total: 0, notifications: 0 });
    expect(inbox.unread()).toBe(0);
  });

  it("has one connection for all who use it, until the last has gone", () => {
    inbox.enter();
    expect(FakeWebSocket.all).toHaveLength(1);
    inbox.leave();
    expect(FakeWebSocket.last.closedWith).toBeUndefined();
  });

  it("keeps the list up to date", () => {
    says({ type: "room", room: room("b", 10, { unread_count: 2 }) });
    expect(idsOf(client.getQueryData(roomKeys.list))).toEqual([["b", "a"]]);
    expect(client.getQueryData(roomKeys.detail("b"))).toMatchObject({ unread_count: 2 });
    says({ type: "room.removed", room_id: "a" });
    expect(idsOf(client.getQueryData(roomKeys.list))).toEqual([["b"]]);
  });

  it("does not count what the person is reading right now", () => {
    inbox.setReading("b");
    says({ type: "room", room: room("b", 10, { unread_count: 1 }) });
    says({ type: "unread", total: 4, notifications: 0 });
    expect(inbox.unread()).toBe(3);
    expect(client.getQueryData(roomKeys.detail("b"))).toMatchObject({ unread_count: 0 });
    inbox.setReading(null);
    expect(inbox.unread()).toBe(4);
  });

  it("reads the list again after a reconnect, for what was missed in the meantime", async () => {
    const invalidated = vi.spyOn(client, "invalidateQueries");
    FakeWebSocket.last.ends();
    await vi.advanceTimersByTimeAsync(1000);
    says({ type: "unread", total: 3, notifications: 0 });
    expect(invalidated.mock.calls.map(([filter]) => filter?.queryKey)).toEqual([
      roomKeys.all,
      notificationKeys.list,
    ]);
  });

  it("puts a notification on top of the list and its number on the bell", () => {
    const row = { id: 1, kind: "comment", title: "", url: "", count: 1, actor: null } as const;
    const times = { updated_at: "2026-11-27T10:00:00Z", read_at: null };
    client.setQueryData(notificationKeys.list, {
      pages: [
        {
          results: [
            { ...row, ...times, id: 2 },
            { ...row, ...times },
          ],
        },
      ],
      pageParams: [""],
    });
    says({ type: "notification", notification: { ...row, ...times, count: 2 } });
    says({ type: "unread", total: 0, notifications: 2 });
    expect(client.getQueryData(notificationKeys.list)).toMatchObject({
      pages: [{ results: [{ id: 1, count: 2 }, { id: 2 }] }],
    });
    expect(client.getQueryData(notificationKeys.unread)).toEqual({ unread: 2 });
  });

  it("calls for attention when a room brings something unread, and not when it only changes", () => {
    const arrived = vi.fn();
    inbox.onArrival(arrived);
    const now = { updated_at: new Date().toISOString() };
    says({ type: "room", room: room("b", 1, { unread_count: 2 }) });
    expect(arrived).not.toHaveBeenCalled();
    says({ type: "room", room: room("b", 1, { ...now, unread_count: 3 }) });
    says({ type: "room", room: room("b", 1, { ...now, unread_count: 3, status: "running" }) });
    says({ type: "room", room: room("new", 1, { ...now, unread_count: 1 }) });
    expect(arrived.mock.calls.map(([{ id }]) => id)).toEqual(["b", "new"]);
  });

  it("does not call for what the list showed already when a room of it only changes", () => {
    const arrived = vi.fn();
    inbox.onArrival(arrived);
    const now = { updated_at: new Date().toISOString() };
    const listed = room("listed", 1, { ...now, unread_count: 1 });
    putRoom(client, listed);
    says({ type: "room", room: { ...listed, status: "running" } });
    expect(arrived).not.toHaveBeenCalled();
    says({ type: "room", room: { ...listed, unread_count: 2 } });
    expect(arrived).toHaveBeenCalledOnce();
  });

  it("leaves nothing for the next person", () => {
    inbox.forget();
    expect(inbox.unread()).toBe(0);
  });
});

it("an unknown room is removed without a trace", () => {
  const client = new QueryClient();
  removeRoom(client, "a");
  expect(client.getQueryData(roomKeys.list)).toBeUndefined();
});
