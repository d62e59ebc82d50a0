import { describe, expect, it } from "vitest";
import type { RoomFrame } from "./frames";
import {
  hasOvertaken,
  newRoom,
  REPAIRS_MOST,
  type RoomAction,
  type RoomState,
  reduceRoom,
} from "./roomReducer";
import { ME, messageFrame, messageOf, PARTNER } from "./testing";

const facts = {
  status: "running",
  writable: true,
  unread_count: 0,
  last_read_seq: 3,
  partner_read_seq: 1,
} as const;
const seqs = (room: RoomState) => room.messages.map(({ seq }) => seq);

function steps(room: RoomState, ...taken: (RoomAction | RoomFrame)[]): RoomState {
  const actions = taken.map((step): RoomAction => {
    const isFrame = /^(message\.|sync|head|presence|typing$|status|error|pong)/.test(step.type);
    return isFrame ? { type: "frame", frame: step as RoomFrame, now: 1000 } : (step as RoomAction);
  });
  return actions.reduce(reduceRoom, room);
}

function roomWith(...numbers: number[]): RoomState {
  return steps(newRoom(ME), {
    type: "loaded",
    messages: numbers.map((seq) => messageOf(seq)),
    hasOlder: (numbers[0] ?? 1) > 1,
    room: facts,
  });
}

function queued(body = "hello", client_id = messageOf(5).client_id): RoomAction {
  return { type: "queued", client_id, body, now: 0 };
}

const ack = (seq: number, client_id = messageOf(5).client_id): RoomFrame => ({
  type: "message.ack",
  client_id,
  seq,
  created_at: messageOf(seq).created_at,
});

it("begins without anything known, and open for writing", () => {
  expect(newRoom(ME)).toMatchObject({
    loaded: false,
    hasOlder: false,
    status: "stop",
    writable: true,
    online: null,
    repair: "none",
  });
});

it("stays the very same where nothing changed, so that nothing is drawn again", () => {
  const room = steps(roomWith(2, 3), queued());
  const changeless: (RoomAction | RoomFrame)[] = [
    { type: "away", away: false },
    { type: "typing.over" },
    { type: "discarded", client_id: messageOf(7).client_id },
    { type: "error", code: "invalid", detail: "" },
    { type: "pong" },
    { type: "head", last_seq: 3 },
    { type: "sync.done", last_seq: 3 },
    { type: "presence", user_id: ME, online: true },
    messageFrame(2),
    ack(4, messageOf(7).client_id),
  ];
  for (const step of changeless) expect(steps(room, step), step.type).toBe(room);
});

describe("messages", () => {
  it("are taken one after the other", () => {
    expect(seqs(steps(roomWith(3), messageFrame(4), messageFrame(5)))).toEqual([3, 4, 5]);
  });

  it("are taken once, however often they come", () => {
    expect(
      seqs(
        steps(roomWith(3, 4), messageFrame(4), messageFrame(3), messageFrame(5), messageFrame(5)),
      ),
    ).toEqual([3, 4, 5]);
  });

  it("that come again break nothing", () => {
    const all = roomWith(3, 4);
    expect(steps(all, messageFrame(3), messageFrame(4)).repair).toBe("none");
  });

  it("from before the history that is loaded are left where they are", () => {
    const room = roomWith(3, 4);
    expect(steps(room, messageFrame(2))).toBe(room);
    const none = steps(newRoom(ME), {
      type: "loaded",
      messages: [],
      hasOlder: false,
      room: facts,
    });
    expect(steps(none, messageFrame(0))).toBe(none);
  });

  it("wait for the history before they count", () => {
    expect(steps(newRoom(ME), messageFrame(1)).messages).toEqual([]);
  });

  it("that are older go before the ones known, without overlap", () => {
    const room = steps(roomWith(3, 4), {
      type: "older",
      messages: [messageOf(1), messageOf(2), messageOf(3)],
      hasOlder: false,
    });
    expect(seqs(room)).toEqual([1, 2, 3, 4]);
    expect(room.hasOlder).toBe(false);
  });

  it("that are older are taken before anything else is known", () => {
    const older: RoomAction = { type: "older", messages: [messageOf(0)], hasOlder: false };
    expect(seqs(steps(newRoom(ME), older))).toEqual([0]);
  });
});

describe("my messages", () => {
  it("take their place when they are acknowledged", () => {
    const room = steps(roomWith(4), queued(), ack(5));
    expect(room.outgoing).toEqual([]);
    expect(room.messages.at(-1)).toMatchObject({ seq: 5, body: "hello", sender_id: ME });
  });

  it("are on their way until then, each by itself", () => {
    const two = steps(roomWith(4), queued(), queued("again", messageOf(7).client_id));
    expect(two.outgoing).toMatchObject([
      { body: "hello", state: "sending" },
      { body: "again", state: "sending" },
    ]);
    const second = messageOf(7).client_id;
    expect(steps(two, ack(5, second)).messages.at(-1)?.body).toBe("again");
    expect(steps(two, ack(5, second)).outgoing).toMatchObject([{ body: "hello" }]);
    expect(steps(two, { type: "discarded", client_id: second }).outgoing).toMatchObject([
      { body: "hello" },
    ]);
    const failed = steps(two, { type: "failed", client_id: second, error: "timeout" });
    expect(failed.outgoing).toMatchObject([{ state: "sending" }, { state: "failed" }]);
  });

  it("that wait outlive a reload of the room", () => {
    const reload: RoomAction = {
      type: "loaded",
      messages: [messageOf(4)],
      hasOlder: true,
      room: facts,
    };
    expect(steps(roomWith(4), queued(), reload).outgoing).toMatchObject([{ body: "hello" }]);
  });

  it("that wait outlive a reload with another person's message under the same id", () => {
    const theirs = { ...messageOf(5), sender_id: PARTNER };
    const reload: RoomAction = {
      type: "loaded",
      messages: [messageOf(4), theirs],
      hasOlder: true,
      room: facts,
    };
    expect(steps(roomWith(4), queued(), reload).outgoing).toHaveLength(1);
  });

  it("whose acknowledgement names a number we hold are done", () => {
    const held: RoomFrame = { type: "message.new", ...messageOf(5), client_id: "of another tab" };
    expect(steps(roomWith(4), queued(), held, ack(5)).outgoing).toEqual([]);
    expect(steps(roomWith(4, 5), queued(), ack(4)).outgoing).toEqual([]);
  });

  it("are there once, whether the message or its ack comes first", () => {
    const first = steps(roomWith(4), queued(), ack(5), messageFrame(5, "hello"));
    const second = steps(roomWith(4), queued(), messageFrame(5, "hello"), ack(5));
    expect(seqs(first)).toEqual([4, 5]);
    expect(seqs(second)).toEqual([4, 5]);
    expect(second.outgoing).toEqual([]);
  });

  it("wait for the ones before them when they overtake", () => {
    const ahead = steps(roomWith(4), queued(), ack(6));
    expect(seqs(ahead)).toEqual([4]);
    expect(ahead.repair).toBe("none");
    expect(ahead.outgoing).toMatchObject([{ state: "sending", seq: 6 }]);
    const six: RoomFrame = {
      type: "message.new",
      ...messageOf(6),
      sender_id: ME,
      client_id: messageOf(5).client_id,
    };
    const both = steps(ahead, messageFrame(5), six);
    expect(seqs(both)).toEqual([4, 5, 6]);
    expect(both.outgoing).toEqual([]);
  });

  it("are known to have overtaken others until these are there", () => {
    const waiting = steps(roomWith(4), queued("first", messageOf(7).client_id), queued());
    expect(hasOvertaken(waiting)).toBe(false);
    const ahead = steps(waiting, ack(6));
    expect(hasOvertaken(ahead)).toBe(true);
    const five: RoomFrame = { type: "message.new", ...messageOf(5), sender_id: PARTNER };
    expect(hasOvertaken(steps(ahead, five))).toBe(true);
    expect(hasOvertaken(steps(ahead, five, messageFrame(6)))).toBe(false);
  });

  it("of another tab appear as well", () => {
    expect(steps(roomWith(4), messageFrame(5)).messages.at(-1)?.sender_id).toBe(ME);
  });

  it("keep their id when they failed and are tried again", () => {
    const failed = steps(roomWith(4), queued(), {
      type: "failed",
      client_id: messageOf(5).client_id,
      error: "timeout",
    });
    expect(failed.outgoing[0]).toMatchObject({ state: "failed", error: "timeout" });
    const again = steps(failed, { type: "retried", client_id: messageOf(5).client_id });
    expect(again.outgoing).toEqual([
      { client_id: messageOf(5).client_id, body: "hello", queuedAt: 0, state: "sending" },
    ]);
  });

  it("that were stored although they seemed to fail are not shown twice", () => {
    const failed = steps(roomWith(4), queued(), {
      type: "failed",
      client_id: messageOf(5).client_id,
      error: "timeout",
    });
    expect(steps(failed, messageFrame(5, "hello")).outgoing).toEqual([]);
    const reloaded = steps(failed, {
      type: "loaded",
      messages: [messageOf(4), messageOf(5)],
      hasOlder: true,
      room: facts,
    });
    expect(reloaded.outgoing).toEqual([]);
  });

  it("do not vanish because another person used the same id", () => {
    const theirs: RoomFrame = { type: "message.new", ...messageOf(5), sender_id: PARTNER };
    expect(steps(roomWith(4), queued(), theirs).outgoing).toHaveLength(1);
  });
});

describe("a hole", () => {
  it("is asked for once", () => {
    const room = steps(roomWith(3), messageFrame(5));
    expect(room.repair).toBe("wanted");
    expect(seqs(room)).toEqual([3]);
    expect(steps(room, { type: "asked" }, messageFrame(6), messageFrame(7)).repair).toBe("asked");
  });

  it("is closed by the answer", () => {
    const room = steps(
      roomWith(3),
      messageFrame(5),
      { type: "asked" },
      messageFrame(4),
      messageFrame(5),
      {
        type: "sync.done",
        last_seq: 5,
      },
    );
    expect(seqs(room)).toEqual([3, 4, 5]);
    expect(room).toMatchObject({ repair: "none", repairs: 0 });
  });

  it("is known from a head beyond our last message, and only from that", () => {
    expect(steps(roomWith(3), { type: "head", last_seq: 4 }).repair).toBe("wanted");
    expect(steps(roomWith(3), { type: "head", last_seq: 3 }).repair).toBe("none");
    expect(steps(roomWith(3), { type: "head", last_seq: 1 }).repair).toBe("none");
  });

  it("that no answer closes is asked for later, and in the end no more", () => {
    let room = steps(roomWith(3), messageFrame(9));
    for (let tries = 1; tries <= REPAIRS_MOST; tries += 1) {
      room = steps(room, { type: "asked" }, { type: "sync.done", last_seq: 9 });
      expect(room.repair).toBe(tries < REPAIRS_MOST ? "waiting" : "stopped");
      if (tries < REPAIRS_MOST) room = steps(room, { type: "repair" });
    }
    expect(steps(room, messageFrame(12), { type: "head", last_seq: 12 }).repair).toBe("stopped");
    expect(steps(room, { type: "disconnected" }).repair).toBe("stopped");
  });

  it("for which no answer came is asked for again", () => {
    const waiting = steps(
      roomWith(3),
      messageFrame(5),
      { type: "asked" },
      { type: "repair.failed" },
    );
    expect(waiting).toMatchObject({ repair: "waiting", repairs: 1 });
    expect(steps(waiting, { type: "repair" }).repair).toBe("wanted");
  });

  it("is found again by the next connection", () => {
    const room = steps(roomWith(3), messageFrame(5), { type: "disconnected" });
    expect(room.repair).toBe("none");
    expect(steps(room, { type: "head", last_seq: 5 }).repair).toBe("wanted");
  });

  it("is not closed by an answer that was not asked for", () => {
    const room = steps(roomWith(3), messageFrame(5), { type: "sync.done", last_seq: 3 });
    expect(room.repair).toBe("wanted");
  });

  it("is not what another message under a known number is: that stops us at once", () => {
    const other: RoomFrame = {
      type: "message.new",
      ...messageOf(3),
      client_id: messageOf(99).client_id,
    };
    expect(steps(roomWith(2, 3), other).repair).toBe("stopped");
  });
});

describe("read marks", () => {
  it("only move forward", () => {
    const read = (user_id: number, seq: number): RoomAction => ({
      type: "frame",
      frame: { type: "read", user_id, seq },
      now: 0,
    });
    const room = steps(roomWith(3, 4, 5), read(PARTNER, 4), read(PARTNER, 2), read(ME, 5));
    expect(room).toMatchObject({ partnerRead: 4, myRead: 5 });
    expect(steps(room, { type: "facts", room: facts })).toMatchObject({
      partnerRead: 4,
      myRead: 5,
    });
  });

  it("set the line above the first message that is new to me", () => {
    expect(roomWith(3, 4, 5).newFrom).toBe(4);
    expect(roomWith(2, 3).newFrom).toBeNull();
  });

  it("set that line also where what is new is not loaded yet", () => {
    const room = steps(newRoom(ME), {
      type: "loaded",
      messages: [],
      hasOlder: true,
      room: { ...facts, unread_count: 2 },
    });
    expect(room.newFrom).toBe(4);
  });

  it("of another device keep what was read there from being new here", () => {
    const read: RoomAction = {
      type: "frame",
      frame: { type: "read", user_id: ME, seq: 4 },
      now: 0,
    };
    const away = steps(roomWith(3), { type: "away", away: true }, read, messageFrame(4));
    expect(away.newFrom).toBeNull();
  });

  it("set that line while the person is away, and not while they look", () => {
    expect(steps(roomWith(3), messageFrame(4)).newFrom).toBeNull();
    const away = steps(
      roomWith(3),
      { type: "away", away: true },
      messageFrame(4),
      messageFrame(5),
      messageFrame(6),
    );
    expect(away.newFrom).toBe(4);
    expect(steps(away, { type: "away", away: false }).newFrom).toBe(4);
    const shown = steps(away, { type: "away", away: false }, { type: "read", seq: 4 });
    expect(steps(shown, { type: "away", away: true }).newFrom).toBe(6);
    const later = steps(shown, { type: "read", seq: 6 }, { type: "asked" }, messageFrame(7), {
      type: "message.new",
      ...messageOf(8),
    });
    expect(later.newFrom).toBe(8);
    const allShown = steps(shown, { type: "read", seq: 6 }, { type: "away", away: true });
    expect(allShown.newFrom).toBeNull();
    expect(steps(away, queued("answer", messageOf(7).client_id)).newFrom).toBeNull();
  });
});

it("knows people by their ids: a new name changes no side and no mark", () => {
  const renamed = { ...messageFrame(4), sender: "another name" };
  const room = steps(roomWith(3), renamed);
  expect(room.messages.at(-1)?.sender_id).toBe(PARTNER);
});

describe("the partner", () => {
  it("types until a message comes or they leave", () => {
    const typing = steps(roomWith(3), { type: "typing", user_id: PARTNER });
    expect(typing.typingUntil).toBeGreaterThan(1000);
    expect(steps(typing, messageFrame(4)).typingUntil).toBe(0);
    expect(steps(typing, { type: "presence", user_id: PARTNER, online: false }).typingUntil).toBe(
      0,
    );
    expect(steps(typing, { type: "typing.over" }).typingUntil).toBe(0);
    expect(steps(typing, { type: "typing.over" })).toMatchObject({ loaded: true, lastSeq: 3 });
    expect(steps(roomWith(3), { type: "typing", user_id: ME }).typingUntil).toBe(0);
  });

  it("is neither here nor away while we have no connection", () => {
    const here = steps(roomWith(3), { type: "presence", user_id: PARTNER, online: true });
    expect(here.online).toBe(true);
    expect(steps(here, { type: "presence", user_id: ME, online: false }).online).toBe(true);
    expect(steps(here, { type: "disconnected" }).online).toBeNull();
  });

  it("who leaves makes the room read-only", () => {
    const left = steps(roomWith(3), { type: "status", status: "pending", writable: false });
    expect(left).toMatchObject({ status: "pending", writable: false });
  });
});

describe("the room's status", () => {
  const stopped = { ...facts, status: "stop" } as const;
  const running: RoomFrame = { type: "status", status: "running", writable: true };

  it("is what the connection messageOf, also when an older answer comes later", () => {
    const loaded: RoomAction = { type: "loaded", messages: [], hasOlder: false, room: stopped };
    expect(steps(newRoom(ME), running, loaded).status).toBe("running");
    expect(steps(newRoom(ME), running, { type: "facts", room: stopped }).status).toBe("running");
  });

  it("is what was read while no connection has said it", () => {
    expect(roomWith(1)).toMatchObject({ status: "running", statusReceived: false });
    const room = steps(roomWith(1), running, { type: "disconnected" });
    expect(steps(room, { type: "facts", room: stopped }).status).toBe("stop");
  });
});
