import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/api/http/errors";
import type { RoomApi } from "@/api/rooms";
import type { Room } from "@/api/types";
import { FakeWebSocket, fakeWebSockets } from "@/testing/fakeWebSocket";
import { RoomStore } from "./roomStore";
import { ME, messageFrame, messageOf, PARTNER, running } from "./testing";

vi.mock("@/auth/session", () => ({
  getAccessToken: async () => "token",
  refreshAccessToken: async () => "token",
  sessionState: () => "in",
}));

const facts = {
  status: "running",
  writable: true,
  unread_count: 0,
  last_read_seq: 2,
  partner_read_seq: 2,
} as Room;

let api: { room: ReturnType<typeof vi.fn>; messages: ReturnType<typeof vi.fn> } & RoomApi;
let store: RoomStore;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  fakeWebSockets();
  api = {
    room: vi.fn(async () => facts),
    messages: vi.fn(async () => ({ results: [messageOf(51), messageOf(52)], has_more: true })),
  };
  store = new RoomStore("room", ME, api);
});

afterEach(() => {
  store.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const pause = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const server = () => FakeWebSocket.last;
const view = () => store.snapshot();
const ids = (frames: { [field: string]: unknown }[]) => frames.map(({ client_id }) => client_id);

async function entered(): Promise<void> {
  store.enter();
  await pause();
  server().receives(running);
  await pause(100);
}

async function reconnected(): Promise<void> {
  server().ends();
  await pause(1000);
  server().receives(running);
  await pause(100);
}

const fromPartner = (seq: number) => ({ ...messageFrame(seq), sender_id: PARTNER });

function ack(clientId: unknown, seq: number): void {
  const created_at = messageOf(seq).created_at;
  server().receives({ type: "message.ack", client_id: String(clientId), seq, created_at });
}

describe("entering a room", () => {
  it("that is gone or refuses us connects again", async () => {
    await entered();
    for (const codes of [[4404], [4401, 4401]]) {
      for (const code of codes) {
        server().ends(code);
        await pause();
      }
      expect(view().connection).toBe(codes.length > 1 ? "refused" : "gone");
      const sockets = FakeWebSocket.all.length;
      store.enter();
      await pause();
      expect(FakeWebSocket.all).toHaveLength(sockets + 1);
    }
  });

  it("twice, on two screens, makes one connection and one request", async () => {
    store.enter();
    store.enter();
    await pause();
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(api.messages).toHaveBeenCalledTimes(1);
  });

  it("that is mine again connects and reads it once more", async () => {
    await entered();
    server().ends(4404);
    api.messages.mockResolvedValue({ results: [messageOf(60)], has_more: false });
    store.enterAgain();
    await pause();
    server().receives(running);
    await pause(100);
    expect(view()).toMatchObject({ connection: "open", lastSeq: 60 });
  });

  it("tries again at once when asked to", async () => {
    await entered();
    server().ends();
    const sockets = FakeWebSocket.all.length;
    store.reconnect();
    await pause();
    expect(FakeWebSocket.all).toHaveLength(sockets + 1);
  });

  it("leaves faults of ours to those who look for them, and can be tried again", async () => {
    api.room.mockRejectedValueOnce(new TypeError("a fault"));
    await expect(store.load()).rejects.toThrow("a fault");
    expect(view()).toMatchObject({ failure: null, loaded: false });
    await store.load();
    expect(view().loaded).toBe(true);
  });

  it("takes back what went wrong as soon as it tries again", async () => {
    api.messages.mockRejectedValueOnce(new ApiError(503, "http_503", ""));
    await store.load();
    expect(view().failure?.status).toBe(503);
    const again = store.load();
    expect(view().failure).toBeNull();
    await again;
  });

  it("reads no page before the first one, and none where there is nothing", async () => {
    api.room.mockResolvedValue({ ...facts, unread_count: 60, last_read_seq: 20 });
    api.messages.mockResolvedValueOnce({ results: [messageOf(30)], has_more: false });
    await store.load();
    expect(api.messages).toHaveBeenCalledTimes(1);
    api.messages.mockResolvedValueOnce({ results: [], has_more: true });
    await store.load();
    await store.loadOlder();
    expect(api.messages).toHaveBeenCalledTimes(2);
    expect(view().older).toBe("idle");
    api.messages.mockResolvedValueOnce({ results: [messageOf(21)], has_more: true });
    await store.load();
    expect(api.messages).toHaveBeenCalledTimes(3);
  });

  it("reads older pages one at a time, and says so", async () => {
    await store.loadOlder();
    expect(api.messages).not.toHaveBeenCalled();
    await entered();
    api.messages.mockResolvedValueOnce({ results: [messageOf(50)], has_more: true });
    const first = store.loadOlder();
    expect(view().older).toBe("loading");
    await store.loadOlder();
    await first;
    expect(view()).toMatchObject({ older: "idle", hasOlder: true });
    expect(view().messages).toHaveLength(3);
    expect(api.messages).toHaveBeenCalledTimes(2);
  });

  it("reads the newest page and syncs from there", async () => {
    await entered();
    expect(view()).toMatchObject({ loaded: true, hasOlder: true, connection: "open" });
    expect(server().frames("sync")).toEqual([{ type: "sync", after: 52 }]);
    expect(server().url).toMatch(/\/ws\/chat\/room\/$/);
  });

  it("waits for nothing from a connection that is not there yet", async () => {
    await store.load();
    expect(view()).toMatchObject({ loaded: true, repair: "none" });
  });

  it("syncs when the page comes after the connection", async () => {
    let answer = (_: unknown) => {};
    api.messages.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    await entered();
    server().receives(messageFrame(53));
    expect(server().frames("sync")).toEqual([]);
    answer({ results: [messageOf(51), messageOf(52)], has_more: false });
    await pause();
    expect(server().frames("sync")).toEqual([{ type: "sync", after: 52 }]);
  });

  it("says why it could not, and can be asked again", async () => {
    api.messages.mockRejectedValueOnce(new ApiError(503, "http_503", ""));
    store.enter();
    await pause();
    expect(view().failure?.status).toBe(503);
    await store.load();
    expect(view()).toMatchObject({ failure: null, loaded: true });
  });

  it("reads the page that is missing once the connection is there", async () => {
    api.messages.mockRejectedValueOnce(new ApiError(0, "network", ""));
    await entered();
    expect(view()).toMatchObject({ failure: null, loaded: true });
  });

  it("adds older pages before the ones it has", async () => {
    await entered();
    api.messages.mockResolvedValueOnce({
      results: [messageOf(49), messageOf(50)],
      has_more: false,
    });
    await store.loadOlder();
    expect(api.messages).toHaveBeenLastCalledWith("room", 51);
    expect(view().messages.map(({ seq }) => seq)).toEqual([49, 50, 51, 52]);
    expect(view().hasOlder).toBe(false);
    await store.loadOlder();
    expect(api.messages).toHaveBeenCalledTimes(2);
  });

  it("opens with everything down to the first unread message, pages back, and a line there", async () => {
    api.room.mockResolvedValue({ ...facts, unread_count: 60, last_read_seq: 20 });
    const pages = [
      [30, 52],
      [22, 30],
      [10, 22],
    ].map(([from = 0, to = 0]) => ({
      results: Array.from({ length: to - from }, (_, index) => messageOf(from + index)),
      has_more: true,
    }));
    for (const page of pages) api.messages.mockResolvedValueOnce(page);
    await entered();
    expect(api.messages.mock.calls.map(([, before]) => before)).toEqual([undefined, 30, 22]);
    expect(view().messages.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 42 }, (_, index) => 10 + index),
    );
    expect(view()).toMatchObject({ newFrom: 21, myRead: 20, lastSeq: 51 });
  });

  it("reads only so many pages for that", async () => {
    api.room.mockResolvedValue({ ...facts, unread_count: 9000, last_read_seq: 0 });
    api.messages.mockImplementation(async (_id: string, before = 9001) => ({
      results: Array.from({ length: 50 }, (_, index) => messageOf(before - 50 + index)),
      has_more: true,
    }));
    await entered();
    expect(api.messages).toHaveBeenCalledTimes(10);
    expect(view()).toMatchObject({ loaded: true, newFrom: 1, hasOlder: true });
  });

  it("keeps a failed older page apart from the room", async () => {
    await entered();
    api.messages.mockRejectedValueOnce(new ApiError(0, "network", ""));
    await store.loadOlder();
    expect(view()).toMatchObject({ older: "failed", failure: null });
  });
});

describe("sending", () => {
  it("shows the message at once and as stored when it is acknowledged", async () => {
    await entered();
    store.send("  hello \u0000 there ");
    expect(view().outgoing).toMatchObject([{ body: "  hello  there", state: "sending" }]);
    const [frame] = server().frames("message.send");
    expect(frame?.client_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    ack(frame?.client_id, 53);
    await pause(100);
    expect(view().outgoing).toEqual([]);
    expect(view().messages.at(-1)).toMatchObject({ seq: 53, body: "  hello  there" });
  });

  it("waits for the history, behind which the message belongs", async () => {
    let answer = (_: unknown) => {};
    api.messages.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    await entered();
    store.send("one");
    expect(server().frames("message.send")).toEqual([]);
    answer({ results: [messageOf(52)], has_more: false });
    await pause();
    expect(server().frames("message.send")).toMatchObject([{ body: "one" }]);
  });

  it("shows at once what the person does with a message", async () => {
    await entered();
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    server().receives({ type: "error", code: "invalid", detail: "", client_id: String(id) });
    await pause(100);
    store.retry(String(id));
    expect(view().outgoing[0]?.state).toBe("sending");
    store.discard(String(id));
    expect(view().outgoing).toEqual([]);
  });

  it("goes on when a message that is on its way is discarded", async () => {
    await entered();
    for (let count = 0; count < 8; count += 1) store.send(`line ${count}`);
    store.discard(String(ids(server().frames("message.send"))[0]));
    store.send("one more");
    expect(server().frames("message.send").at(-1)).toMatchObject({ body: "one more" });
  });

  it("takes an error that names no message for none of mine", async () => {
    await entered();
    store.send("one");
    server().receives({ type: "error", code: "invalid", detail: "" });
    await pause(100);
    expect(view().outgoing).toMatchObject([{ state: "sending" }]);
  });

  it("sends nothing that is empty", async () => {
    await entered();
    store.send(" \n ");
    expect(view().outgoing).toEqual([]);
  });

  it("offers after a reconnect what was not acknowledged, under the same ids and in order", async () => {
    await entered();
    store.send("one");
    const before = ids(server().frames("message.send"));
    server().ends();
    store.send("two");
    expect(view().outgoing).toMatchObject([{ state: "sending" }, { state: "sending" }]);
    await pause(1000);
    server().receives(running);
    await pause(100);
    expect(server().sent.slice(0, 3)).toMatchObject([
      { type: "sync", after: 52 },
      { type: "message.send", client_id: before[0], body: "one" },
      { type: "message.send", body: "two" },
    ]);
  });

  it("does not send again what came back by the sync", async () => {
    await entered();
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    await reconnected();
    server().receives({ ...messageFrame(53, "one"), client_id: String(id) } as ReturnType<
      typeof messageFrame
    >);
    ack(id, 53);
    await pause(100);
    expect(view().messages.filter(({ body }) => body === "one")).toHaveLength(1);
    await reconnected();
    expect(server().frames("message.send")).toEqual([]);
  });

  it("checks the connection when no ack comes, and fails only when that lives", async () => {
    await entered();
    store.send("one");
    await pause(8000);
    expect(server().frames("ping")).toHaveLength(1);
    server().receives({ type: "pong" });
    expect(view().outgoing[0]?.state).toBe("sending");
    await pause(10_100);
    expect(view().outgoing[0]).toMatchObject({ state: "failed", error: "timeout" });
  });

  it("sends again on request, as the same message", async () => {
    await entered();
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    server().receives({ type: "error", code: "invalid", detail: "", client_id: String(id) });
    await pause(100);
    expect(view().outgoing[0]).toMatchObject({ state: "failed", error: "invalid" });
    store.retry(String(id));
    expect(ids(server().frames("message.send"))).toEqual([id, id]);
    ack(id, 53);
    await pause(100);
    expect(view().outgoing).toEqual([]);
  });

  it("tries by itself while the database does not answer, and then gives up", async () => {
    await entered();
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    for (let times = 0; times < 4; times += 1) {
      server().receives({ type: "error", code: "unavailable", detail: "", client_id: String(id) });
      await pause(6000);
    }
    expect(ids(server().frames("message.send"))).toEqual([id, id, id, id]);
    expect(view().outgoing[0]).toMatchObject({ state: "failed", error: "unavailable" });
  });

  it("forgets what is discarded", async () => {
    await entered();
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    store.discard(String(id));
    expect(view().outgoing).toEqual([]);
    await reconnected();
    expect(server().frames("message.send")).toEqual([]);
  });

  it("offers only a few at once and the rest as acks come, always in order", async () => {
    await entered();
    for (let count = 0; count < 20; count += 1) store.send(`line ${count}`);
    expect(server().frames("message.send")).toHaveLength(8);
    for (let count = 0; count < 20; count += 1) {
      ack(server().frames("message.send")[count]?.client_id, 53 + count);
    }
    await pause(100);
    expect(view().outgoing).toEqual([]);
    expect(
      view()
        .messages.slice(-20)
        .map(({ body }) => body),
    ).toEqual(Array.from({ length: 20 }, (_, count) => `line ${count}`));
  });
});

describe("a hole", () => {
  it("leads to one sync, however much lies beyond it", async () => {
    await entered();
    server().receives({ type: "sync.done", last_seq: 52 });
    for (const seq of [55, 56, 57]) server().receives(messageFrame(seq));
    expect(server().frames("sync")).toHaveLength(2);
  });

  it("that syncs do not close ends in a stop until the person reloads", async () => {
    await entered();
    for (let times = 0; times < 10; times += 1) {
      server().receives({ type: "sync.done", last_seq: 99 });
      await pause(12_000);
      server().receives({ type: "pong" });
    }
    expect(view().repair).toBe("stopped");
    expect(server().frames("sync")).toHaveLength(4);
    await store.load();
    expect(view().repair).toBe("asked");
    expect(server().frames("sync")).toHaveLength(5);
  });

  it("is also assumed when a sync is not answered", async () => {
    await entered();
    await pause(12_000);
    expect(view().repair).toBe("waiting");
  });

  it("is not assumed while the answer comes, however long it is", async () => {
    await entered();
    await pause(11_000);
    server().receives(messageFrame(53));
    await pause(11_900);
    expect(view().repair).toBe("asked");
    server().receives({ type: "presence", user_id: PARTNER, online: true });
    await pause(200);
    expect(view().repair).toBe("waiting");
  });

  it("is asked for again a little later when the answer did not help", async () => {
    await entered();
    server().receives({ type: "sync.done", last_seq: 99 });
    await pause(1000);
    server().receives({ type: "presence", user_id: PARTNER, online: true });
    await pause(400);
    expect(server().frames("sync")).toHaveLength(1);
    await pause(200);
    expect(server().frames("sync")).toHaveLength(2);
  });

  it("is not asked for again once more after a reload in the meantime", async () => {
    await entered();
    server().receives({ type: "sync.done", last_seq: 99 });
    await store.load();
    expect(server().frames("sync")).toHaveLength(2);
    await pause(3000);
    expect(server().frames("sync")).toHaveLength(2);
  });

  it("is not assumed from a sync whose connection broke", async () => {
    await entered();
    server().ends();
    await pause(12_100);
    expect(view().repair).toBe("none");
  });

  it("that an answer closed is not asked for again", async () => {
    await entered();
    server().receives(messageFrame(53));
    server().receives({ type: "sync.done", last_seq: 53 });
    server().receives(messageFrame(54));
    await pause(20_000);
    expect(view().repair).toBe("none");
    expect(server().frames("sync")).toHaveLength(1);
  });

  it("before messages of mine is asked for once, counted from the first of them", async () => {
    await entered();
    server().receives({ type: "sync.done", last_seq: 52 });
    store.send("one");
    store.send("two");
    const [one, two] = ids(server().frames("message.send"));
    ack(one, 54);
    await pause(2000);
    ack(two, 55);
    await pause(600);
    expect(server().frames("sync")).toHaveLength(2);
    await pause(3000);
    expect(server().frames("sync")).toHaveLength(2);
  });

  it("before a message of mine is not asked for twice while an answer is due", async () => {
    await entered();
    store.send("one");
    ack(ids(server().frames("message.send"))[0], 54);
    await pause(3000);
    expect(server().frames("sync")).toHaveLength(1);
  });

  it("before a message of mine that closes by itself is not asked for", async () => {
    await entered();
    server().receives({ type: "sync.done", last_seq: 52 });
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    ack(id, 54);
    server().receives(fromPartner(53));
    server().receives({ ...messageFrame(54), sender_id: ME, client_id: String(id) });
    await pause(3000);
    expect(view()).toMatchObject({ lastSeq: 54, outgoing: [] });
    expect(server().frames("sync")).toHaveLength(1);
  });

  it("before a message of mine is asked for when it stays", async () => {
    await entered();
    server().receives({ type: "sync.done", last_seq: 52 });
    store.send("one");
    ack(ids(server().frames("message.send"))[0], 54);
    await pause(2000);
    expect(server().frames("sync")).toHaveLength(1);
    await pause(600);
    expect(server().frames("sync")).toHaveLength(2);
  });
});

describe("read marks", () => {
  it("are sent together and never twice", async () => {
    await entered();
    store.readUpTo(51);
    store.readUpTo(52);
    store.readUpTo(52);
    await pause(500);
    expect(server().frames("read")).toEqual([{ type: "read", seq: 52 }]);
    expect(view().myRead).toBe(52);
  });

  it("are sent again as they move, and never back", async () => {
    await entered();
    store.readUpTo(2);
    store.readUpTo(51);
    await pause(200);
    expect(server().frames("read")).toEqual([]);
    await pause(100);
    store.readUpTo(52);
    store.readUpTo(51);
    await pause(300);
    expect(server().frames("read")).toEqual([
      { type: "read", seq: 51 },
      { type: "read", seq: 52 },
    ]);
  });

  it("are not put off by those that follow", async () => {
    await entered();
    store.readUpTo(51);
    await pause(200);
    store.readUpTo(52);
    await pause(60);
    expect(server().frames("read")).toEqual([{ type: "read", seq: 52 }]);
  });

  it("are repeated to the next connection, which cannot know whether they came", async () => {
    await entered();
    store.readUpTo(52);
    await pause(300);
    await reconnected();
    expect(server().frames("read")).toEqual([{ type: "read", seq: 52 }]);
  });

  it("do without an answer about the room after a reconnect", async () => {
    await entered();
    api.room.mockRejectedValueOnce(new ApiError(0, "network", ""));
    await reconnected();
    expect(view()).toMatchObject({ connection: "open", failure: null });
  });

  it("tell what came while the person was away", async () => {
    api.room.mockResolvedValue({ ...facts, last_read_seq: 52 });
    await entered();
    server().receives({ type: "sync.done", last_seq: 52 });
    store.setAway(true);
    server().receives(fromPartner(53));
    await pause(100);
    expect(view()).toMatchObject({ away: true, newFrom: 53 });
  });

  it("that were set without a connection are sent with the next one", async () => {
    await entered();
    server().ends();
    store.readUpTo(52);
    await pause(1000);
    server().receives(running);
    await pause(500);
    expect(server().frames("read")).toEqual([{ type: "read", seq: 52 }]);
  });

  it("of the partner that moved meanwhile are read after a reconnect", async () => {
    await entered();
    api.room.mockResolvedValue({ ...facts, partner_read_seq: 52 });
    await reconnected();
    expect(view().partnerRead).toBe(52);
  });
});

describe("typing", () => {
  it("is sent at most and then", async () => {
    await entered();
    store.typing();
    store.typing();
    await pause(2200);
    store.typing();
    expect(server().frames("typing")).toHaveLength(2);
  });

  it("is not sent where nobody may write", async () => {
    await entered();
    server().receives({ type: "status", status: "pending", writable: false });
    store.typing();
    expect(server().frames("typing")).toEqual([]);
  });

  it("that was not sent does not count", async () => {
    await entered();
    server().ends();
    store.typing();
    await pause(1000);
    server().receives(running);
    store.typing();
    expect(server().frames("typing")).toHaveLength(1);
  });

  it("of the partner is over once the connection is", async () => {
    await entered();
    server().receives({ type: "typing", user_id: PARTNER });
    server().ends();
    expect(view()).toMatchObject({ typingUntil: 0, online: null });
  });

  it("of the partner ends by itself", async () => {
    await entered();
    server().receives({ type: "typing", user_id: PARTNER });
    await pause(100);
    expect(view().typingUntil).toBeGreaterThan(0);
    await pause(5000);
    expect(view().typingUntil).toBe(0);
  });
});

describe("leaving the screen", () => {
  it("closes the connection and keeps what is known", async () => {
    await entered();
    store.leave();
    expect(server().closedWith).toBe(1000);
    store.enter();
    await pause();
    server().receives(running);
    expect(server().frames("sync")).toEqual([{ type: "sync", after: 52 }]);
    expect(api.messages).toHaveBeenCalledTimes(1);
  });

  it("sends what was read before it closes", async () => {
    await entered();
    store.readUpTo(52);
    store.leave();
    expect(server().frames("read")).toEqual([{ type: "read", seq: 52 }]);
  });

  it("on one of two changes nothing for the other", async () => {
    await entered();
    store.enter();
    store.leave();
    expect(server().closedWith).toBeUndefined();
    expect(view().away).toBe(false);
    expect(store.idle).toBe(false);
    store.leave();
    expect(server().closedWith).toBe(1000);
  });

  it("makes the room one that may be forgotten, unless something of mine is in it", async () => {
    expect(store.idle).toBe(true);
    await entered();
    expect(store.idle).toBe(false);
    store.send("one");
    const [id] = ids(server().frames("message.send"));
    server().receives({ type: "error", code: "invalid", detail: "", client_id: String(id) });
    store.leave();
    expect(store.unsent).toBe(false);
    expect(server().closedWith).toBe(1000);
    expect(store.idle).toBe(false);
    store.discard(String(id));
    expect(store.idle).toBe(true);
  });

  it("waits half a minute for a connection to send what was written", async () => {
    await entered();
    server().ends();
    store.send("one");
    store.leave();
    await pause(29_900);
    expect(view().connection).not.toBe("closed");
    await pause(200);
    expect(view().connection).toBe("closed");
  });

  it("and coming back in that time keeps the connection", async () => {
    await entered();
    server().ends();
    store.send("one");
    store.leave();
    await pause(20_000);
    store.enter();
    await pause(20_000);
    expect(view().connection).not.toBe("closed");
  });

  it("has what comes until then new to the person", async () => {
    api.room.mockResolvedValue({ ...facts, last_read_seq: 52 });
    await entered();
    server().receives({ type: "sync.done", last_seq: 52 });
    store.send("one");
    store.leave();
    server().receives(fromPartner(53));
    await pause(100);
    expect(view().newFrom).toBe(53);
    expect(server().closedWith).toBeUndefined();
  });

  it("leaves nothing running behind", async () => {
    await entered();
    store.readUpTo(52);
    server().receives({ type: "typing", user_id: PARTNER });
    server().receives({ type: "sync.done", last_seq: 99 });
    store.send("one");
    store.close();
    server().receives(messageFrame(53));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not wait for a message that was stored", async () => {
    await entered();
    store.send("one");
    ack(ids(server().frames("message.send"))[0], 54);
    expect(view().outgoing).toHaveLength(1);
    expect(store.unsent).toBe(false);
    store.leave();
    expect(server().closedWith).toBe(1000);
  });

  it("stays connected until what was written is sent", async () => {
    await entered();
    store.send("one");
    store.leave();
    expect(store.unsent).toBe(true);
    expect(server().closedWith).toBeUndefined();
    ack(ids(server().frames("message.send"))[0], 53);
    expect(server().closedWith).toBe(1000);
    expect(store.unsent).toBe(false);
  });
});

it("shows a thousand synced messages in few steps", async () => {
  await entered();
  const shown = vi.fn();
  store.subscribe(shown);
  for (let seq = 53; seq < 1053; seq += 1) server().receives(messageFrame(seq));
  await pause(100);
  expect(view().lastSeq).toBe(1052);
  expect(shown.mock.calls.length).toBeLessThan(5);
});

it("shows what comes in quick succession together, and soon", async () => {
  await entered();
  server().receives(messageFrame(53));
  expect(view().lastSeq).toBe(53);
  server().receives(messageFrame(54));
  server().receives(messageFrame(55));
  await pause(39);
  expect(view().lastSeq).toBe(53);
  await pause(1);
  expect(view().lastSeq).toBe(55);
});

it("is heard by those who listen, until they stop", () => {
  const shown = vi.fn();
  const stop = store.subscribe(shown);
  store.send("one");
  expect(shown).toHaveBeenCalled();
  stop();
  shown.mockClear();
  store.send("two");
  expect(shown).not.toHaveBeenCalled();
});

it("is shown again only where something changed", async () => {
  await entered();
  const shown = vi.fn();
  store.subscribe(shown);
  server().receives({ type: "pong" });
  await pause(100);
  expect(shown).not.toHaveBeenCalled();
  server().receives(messageFrame(53));
  server().receives(messageFrame(54));
  store.send("one");
  expect(shown).toHaveBeenCalledTimes(2);
  await pause(100);
  expect(shown).toHaveBeenCalledTimes(2);
});
