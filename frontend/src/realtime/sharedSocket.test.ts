import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeWebSocket, fakeWebSockets } from "@/testing/fakeWebSocket";
import { SharedSocket } from "./sharedSocket";

vi.mock("@/auth/session", () => ({
  getAccessToken: async () => "token",
  refreshAccessToken: async () => "token",
  sessionState: () => "in",
}));

type Frame = { type: "unread"; total: number } | { type: "room" };

/** A browser's locks: one holder of a name, the others in line. */
class Locks {
  private readonly lines = new Map<string, Promise<unknown>>();

  request(name: string, { signal }: { signal: AbortSignal }, held: () => Promise<void>) {
    const before = this.lines.get(name) ?? Promise.resolve();
    const turn = before.then(() => (signal.aborted ? undefined : held()));
    this.lines.set(name, turn);
    return turn;
  }
}

class Channel {
  static all = new Set<Channel>();
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor(readonly name: string) {
    Channel.all.add(this);
  }
  postMessage(data: unknown) {
    for (const other of Channel.all) {
      if (other !== this && other.name === this.name) other.onmessage?.({ data });
    }
  }
  close() {
    Channel.all.delete(this);
  }
}

const tabs: SharedSocket<Frame>[] = [];

function tab() {
  const frames: Frame[] = [];
  const connected = vi.fn();
  const socket = new SharedSocket<Frame>("/ws/inbox/", "unread", {
    frame: (frame) => frames.push(frame),
    connected,
  });
  tabs.push(socket);
  socket.open();
  return { socket, frames, connected };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const unread = (total: number): Frame => ({ type: "unread", total });

beforeEach(() => {
  vi.useFakeTimers();
  fakeWebSockets();
  Channel.all.clear();
  vi.stubGlobal("BroadcastChannel", Channel);
  vi.stubGlobal("navigator", { ...navigator, locks: new Locks() });
});

afterEach(() => {
  for (const socket of tabs.splice(0)) socket.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("opens one socket for twenty tabs, and each gets every frame once", async () => {
  const all = Array.from({ length: 20 }, tab);
  await settle();
  expect(FakeWebSocket.all).toHaveLength(1);
  FakeWebSocket.last.receives(unread(3));
  FakeWebSocket.last.receives({ type: "room" });
  for (const { frames, connected } of all) {
    expect(frames).toEqual([unread(3), { type: "room" }]);
    expect(connected).toHaveBeenCalledOnce();
  }
  expect(all.filter(({ socket }) => socket.isHere)).toHaveLength(1);
});

it("hands the socket on when its tab closes", async () => {
  const first = tab();
  const second = tab();
  await settle();
  FakeWebSocket.last.receives(unread(1));
  first.socket.close();
  await settle();
  expect(FakeWebSocket.all).toHaveLength(2);
  FakeWebSocket.last.receives(unread(2));
  expect(second.frames).toEqual([unread(1), unread(2)]);
  expect(second.connected).toHaveBeenCalledTimes(2);
  expect(first.frames).toEqual([unread(1)]);
});

it("tells a tab that joins how things stand", async () => {
  tab();
  await settle();
  FakeWebSocket.last.receives(unread(7));
  const late = tab();
  await settle();
  expect(late.frames).toEqual([unread(7)]);
  expect(FakeWebSocket.all).toHaveLength(1);
});

it("gives each tab its own socket where the browser has no locks", async () => {
  vi.stubGlobal("navigator", { ...navigator, locks: undefined });
  tab();
  tab();
  await settle();
  expect(FakeWebSocket.all).toHaveLength(2);
});

it("leaves no tab waiting that was closed before its turn", async () => {
  const first = tab();
  const second = tab();
  await settle();
  second.socket.close();
  first.socket.close();
  await settle();
  expect(FakeWebSocket.all).toHaveLength(1);
});
