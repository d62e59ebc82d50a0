import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getAccessToken, refreshAccessToken, sessionState } from "@/auth/session";
import { FakeWebSocket, fakeWebSockets } from "@/testing/fakeWebSocket";
import { backoff, ChatSocket, type SocketState } from "./socket";

const running = { type: "status", status: "running", writable: true };

vi.mock("@/auth/session", () => ({
  getAccessToken: vi.fn(),
  refreshAccessToken: vi.fn(),
  sessionState: vi.fn(),
}));

let states: SocketState[];
let frames: { type: string }[];
let socket: ChatSocket<{ type: string }, { type: "typing" }>;

beforeEach(() => {
  vi.useFakeTimers();
  fakeWebSockets();
  vi.mocked(getAccessToken).mockReset().mockResolvedValue("first");
  vi.mocked(refreshAccessToken).mockReset().mockResolvedValue("second");
  vi.mocked(sessionState).mockReset().mockReturnValue("in");
  states = [];
  frames = [];
  socket = new ChatSocket<{ type: string }, { type: "typing" }>("/ws/chat/room/", {
    frame: (frame) => frames.push(frame),
    state: (state) => states.push(state),
  });
});

afterEach(() => {
  socket.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened(): Promise<FakeWebSocket> {
  socket.open();
  await vi.advanceTimersByTimeAsync(0);
  FakeWebSocket.last.receives(running);
  return FakeWebSocket.last;
}

describe("connecting", () => {
  it("offers the token as a subprotocol and never in the address", async () => {
    const server = await opened();
    expect(server.protocols).toEqual(["sidepro.chat.v1", "bearer.first"]);
    expect(server.url).toMatch(/^ws:\/\/.*\/ws\/chat\/room\/$/);
  });

  it("counts as open with the first frame, since refusals come after the handshake", async () => {
    socket.open();
    await vi.advanceTimersByTimeAsync(0);
    FakeWebSocket.last.readyState = FakeWebSocket.OPEN;
    expect(socket.send({ type: "typing" })).toBe(false);
    FakeWebSocket.last.receives(running);
    expect(states).toEqual(["connecting", "open"]);
    expect(frames).toEqual([running]);
    expect(socket.send({ type: "typing" })).toBe(true);
  });

  it("leaves a handshake that is not answered", async () => {
    socket.open();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(FakeWebSocket.all[0]?.closedWith).toBe(1000);
    await vi.advanceTimersByTimeAsync(600);
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it("survives text that is no frame", async () => {
    const server = await opened();
    server.receives("not json");
    server.receives("[1]");
    expect(frames).toEqual([running]);
    expect(socket.state).toBe("open");
  });
});

describe("a refused token", () => {
  it("is replaced once", async () => {
    (await opened()).ends(4401);
    await vi.advanceTimersByTimeAsync(0);
    expect(refreshAccessToken).toHaveBeenCalledExactlyOnceWith("first");
    expect(FakeWebSocket.last.protocols[1]).toBe("bearer.second");
  });

  it("stops us when the fresh one is refused as well", async () => {
    (await opened()).ends(4401);
    await vi.advanceTimersByTimeAsync(0);
    FakeWebSocket.last.ends(4401);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(socket.state).toBe("refused");
    expect(FakeWebSocket.all).toHaveLength(2);
    expect(refreshAccessToken).toHaveBeenCalledTimes(1);
  });

  it("may be replaced again after a connection that worked", async () => {
    for (let times = 0; times < 3; times += 1) {
      (times ? FakeWebSocket.last : await opened()).ends(4401);
      await vi.advanceTimersByTimeAsync(0);
      FakeWebSocket.last.receives(running);
    }
    expect(socket.state).toBe("open");
  });

  it("stops us when the session is over", async () => {
    const server = await opened();
    vi.mocked(refreshAccessToken).mockResolvedValue(null);
    vi.mocked(sessionState).mockReturnValue("out");
    server.ends(4401);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(socket.state).toBe("refused");
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it("is asked for later when the server does not answer the refresh", async () => {
    const server = await opened();
    vi.mocked(refreshAccessToken).mockResolvedValue(null);
    server.ends(4401);
    await vi.advanceTimersByTimeAsync(0);
    expect(socket.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeWebSocket.all).toHaveLength(2);
  });
});

describe("coming back", () => {
  it("stops for a room that is not ours", async () => {
    (await opened()).ends(4404);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(socket.state).toBe("gone");
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it("waits longer and longer, at most 30 seconds, with full jitter", () => {
    const most = [0, 1, 2, 3, 10, 50].map((attempt) => backoff(attempt, () => 1));
    expect(most).toEqual([500, 1000, 2000, 4000, 30_000, 30_000]);
    expect(backoff(10, () => 0)).toBe(0);
  });

  it("waits longer when we were too fast", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    (await opened()).ends(4429);
    await vi.advanceTimersByTimeAsync(7900);
    expect(FakeWebSocket.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it("does not wait when the network or the person is back", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    (await opened()).ends();
    for (let times = 0; times < 6; times += 1) {
      await vi.advanceTimersByTimeAsync(30_000);
      FakeWebSocket.last.ends();
    }
    const before = FakeWebSocket.all.length;
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.all).toHaveLength(before + 1);
    FakeWebSocket.last.ends();
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.all).toHaveLength(before + 2);
  });

  it("begins when the network goes, and waits for it", async () => {
    const server = await opened();
    window.dispatchEvent(new Event("offline"));
    expect(socket.state).toBe("waiting");
    expect(server.closedWith).toBe(1000);
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it("does not wait when another socket of the tab got through", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    (await opened()).ends();
    await vi.advanceTimersByTimeAsync(400);
    const other = new ChatSocket("/ws/inbox/", { frame: () => {}, state: () => {} });
    other.open();
    await vi.advanceTimersByTimeAsync(0);
    FakeWebSocket.last.receives(running);
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeWebSocket.last.url).toContain("/ws/chat/room/");
    other.close();
  });
});

describe("a silent connection", () => {
  it("is asked whether it lives, and left when it does not answer", async () => {
    const server = await opened();
    await vi.advanceTimersByTimeAsync(26_000);
    expect(server.frames("ping")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(8000);
    expect(server.closedWith).toBe(1000);
    expect(socket.state).toBe("waiting");
  });

  it("is kept when it answers", async () => {
    const server = await opened();
    await vi.advanceTimersByTimeAsync(26_000);
    server.receives({ type: "pong" });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(socket.state).toBe("open");
    expect(server.closedWith).toBeUndefined();
  });

  it("is asked at once when the person comes back to the tab", async () => {
    const server = await opened();
    await vi.advanceTimersByTimeAsync(20_000);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(server.frames("ping")).toHaveLength(1);
  });
});

describe("closing", () => {
  it("is final, also for what an old connection still says", async () => {
    const server = await opened();
    socket.close();
    server.receives({ type: "pong" });
    server.ends();
    window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.closedWith).toBe(1000);
    expect(states.at(-1)).toBe("closed");
    expect(frames).toEqual([running]);
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it("before the token came opens nothing", async () => {
    socket.open();
    socket.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(FakeWebSocket.all).toHaveLength(0);
  });
});
