/**
 * How a room stands, as a pure function of frames, answers and what the person does.
 *
 * `messages` never has a hole: it ends with `lastSeq`, and only the message after that is taken.
 * What lies beyond is asked for once; when that does not help, ever more slowly, and then no more
 * until the person says so.
 */
import type { Message } from "@/api/rooms";
import type { RoomFrame, RoomStatus } from "./frames";

/** A message of mine that has not come back with its number yet. */
export interface Outgoing {
  client_id: string;
  body: string;
  queuedAt: number;
  state: "sending" | "failed";
  error?: string;
  /** Acknowledged under this number, but messages before it have not come yet. */
  seq?: number;
}

/**
 * `wanted`: a sync is due. `asked`: its answer is. `waiting`: it did not help, and the next is due
 * later. `stopped`: it never helped.
 */
export type Repair = "none" | "wanted" | "asked" | "waiting" | "stopped";

/** Syncs in vain after which we stop. */
export const REPAIRS_MOST = 4;
/** How long the partner counts as typing after a frame; these come every two seconds. */
export const TYPING_FOR = 4500;

export interface RoomState {
  /** My id: names change, ids do not. */
  me: number;
  loaded: boolean;
  messages: readonly Message[];
  lastSeq: number;
  hasOlder: boolean;
  outgoing: readonly Outgoing[];
  status: RoomStatus;
  writable: boolean;
  /** This connection has sent how the room stands, which is newer than what was read alongside it. */
  statusReceived: boolean;
  /** Whether the partner has the room open; null while we cannot know. */
  online: boolean | null;
  myRead: number;
  partnerRead: number;
  typingUntil: number;
  /** The person is not looking. */
  away: boolean;
  /** What the partner sent from this number on is new to the person; it may not be loaded yet. */
  newFrom: number | null;
  repair: Repair;
  /** Syncs in vain so far. */
  repairs: number;
}

export interface RoomFacts {
  status: RoomStatus;
  writable: boolean;
  unread_count: number;
  last_read_seq: number;
  partner_read_seq: number;
}

export type RoomAction =
  | { type: "loaded"; messages: readonly Message[]; hasOlder: boolean; room: RoomFacts }
  | { type: "facts"; room: RoomFacts }
  | { type: "older"; messages: readonly Message[]; hasOlder: boolean }
  | { type: "frame"; frame: RoomFrame; now: number }
  | { type: "queued"; client_id: string; body: string; now: number }
  | { type: "failed"; client_id: string; error: string }
  | { type: "retried"; client_id: string }
  | { type: "discarded"; client_id: string }
  | { type: "asked" }
  | { type: "repair" }
  | { type: "repair.failed" }
  | { type: "read"; seq: number }
  | { type: "away"; away: boolean }
  | { type: "typing.over" }
  | { type: "disconnected" };

export function newRoom(me: number): RoomState {
  return {
    me,
    loaded: false,
    messages: [],
    lastSeq: 0,
    hasOlder: false,
    outgoing: [],
    status: "stop",
    writable: true,
    statusReceived: false,
    online: null,
    myRead: 0,
    partnerRead: 0,
    typingUntil: 0,
    away: false,
    newFrom: null,
    repair: "none",
    repairs: 0,
  };
}

export function reduceRoom(state: RoomState, action: RoomAction): RoomState {
  switch (action.type) {
    case "loaded":
      return loaded(state, action);
    case "facts":
      return withFacts(state, action.room);
    case "older": {
      const first = state.messages[0]?.seq ?? state.lastSeq + 1;
      const older = action.messages.filter((message) => message.seq < first);
      return { ...state, messages: [...older, ...state.messages], hasOlder: action.hasOlder };
    }
    case "frame":
      return afterFrame(state, action.frame, action.now);
    case "queued": {
      const { client_id, body, now } = action;
      const message: Outgoing = { client_id, body, queuedAt: now, state: "sending" };
      return { ...state, outgoing: [...state.outgoing, message], newFrom: null };
    }
    case "failed":
      return change(state, action.client_id, { state: "failed", error: action.error });
    case "retried":
      return change(state, action.client_id, { state: "sending" });
    case "discarded":
      return without(state, action.client_id);
    case "asked":
      return { ...state, repair: "asked" };
    case "repair":
      return { ...state, repair: "wanted" };
    case "repair.failed":
      return inVain(state);
    case "read":
      return { ...state, myRead: Math.max(state.myRead, action.seq) };
    case "away":
      if (state.away === action.away) return state;
      // What was shown before the person looked away is not new when they come back.
      return { ...state, away: action.away, newFrom: action.away ? newFrom(state) : state.newFrom };
    case "typing.over":
      return state.typingUntil ? { ...state, typingUntil: 0 } : state;
    case "disconnected":
      return {
        ...state,
        statusReceived: false,
        online: null,
        typingUntil: 0,
        repair: state.repair === "stopped" ? "stopped" : "none",
      };
  }
}

/** The first loaded message of the partner's that was not shown yet. */
export function firstUnread(
  room: Pick<RoomState, "messages" | "myRead" | "me">,
): Message | undefined {
  const { messages, myRead, me } = room;
  return messages.find((message) => message.seq > myRead && !isBy(me)(message));
}

/** Whether a message of mine was stored behind others that have not come. */
export function hasOvertaken({ outgoing, lastSeq }: RoomState): boolean {
  return outgoing.some(({ seq }) => seq !== undefined && seq > lastSeq);
}

function loaded(state: RoomState, action: RoomAction & { type: "loaded" }): RoomState {
  const { messages, room } = action;
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const stored = new Set(messages.filter(isBy(state.me)).map((message) => message.client_id));
  const unread =
    room.unread_count > 0 || firstUnread({ ...state, messages, myRead: room.last_read_seq });
  return withFacts(
    {
      ...state,
      loaded: true,
      messages,
      lastSeq,
      hasOlder: action.hasOlder,
      outgoing: state.outgoing.filter((message) => !stored.has(message.client_id)),
      newFrom: unread ? room.last_read_seq + 1 : null,
      repair: "none",
      repairs: 0,
    },
    room,
  );
}

function withFacts(state: RoomState, room: RoomFacts): RoomState {
  return {
    ...state,
    ...(!state.statusReceived && { status: room.status, writable: room.writable }),
    myRead: Math.max(state.myRead, room.last_read_seq),
    partnerRead: Math.max(state.partnerRead, room.partner_read_seq),
  };
}

function afterFrame(state: RoomState, frame: RoomFrame, now: number): RoomState {
  switch (frame.type) {
    case "message.new": {
      const { type: _, ...message } = frame;
      return take(state, message);
    }
    case "message.ack":
      return acknowledged(state, frame);
    case "sync.done":
      if (state.repair !== "asked") return state;
      if (frame.last_seq > state.lastSeq) return inVain(state);
      return { ...state, repair: "none", repairs: 0 };
    case "head":
      return frame.last_seq > state.lastSeq ? holed(state) : state;
    case "read":
      return frame.user_id === state.me
        ? { ...state, myRead: Math.max(state.myRead, frame.seq) }
        : { ...state, partnerRead: Math.max(state.partnerRead, frame.seq) };
    case "typing":
      return frame.user_id === state.me ? state : { ...state, typingUntil: now + TYPING_FOR };
    case "presence":
      if (frame.user_id === state.me) return state;
      return {
        ...state,
        online: frame.online,
        typingUntil: frame.online ? state.typingUntil : 0,
      };
    case "status":
      return { ...state, status: frame.status, writable: frame.writable, statusReceived: true };
    case "error":
    case "pong":
      return state;
  }
}

function take(state: RoomState, message: Message): RoomState {
  if (!state.loaded) return state;
  if (message.seq > state.lastSeq + 1) return holed(state);
  if (message.seq <= state.lastSeq) {
    const known = state.messages[message.seq - (state.messages[0]?.seq ?? 1)];
    // Another message under a number we hold: the server was set back. No sync mends that.
    const other = known !== undefined && known.client_id !== message.client_id;
    return other ? { ...state, repair: "stopped" } : state;
  }
  const mine = isBy(state.me)(message);
  return {
    ...(mine ? without(state, message.client_id) : state),
    messages: [...state.messages, message],
    lastSeq: message.seq,
    typingUntil: mine ? state.typingUntil : 0,
    newFrom: isNews(state, message) ? (newFrom(state) ?? message.seq) : state.newFrom,
  };
}

function acknowledged(state: RoomState, ack: RoomFrame & { type: "message.ack" }): RoomState {
  const { client_id, seq, created_at } = ack;
  const sent = state.outgoing.find((message) => message.client_id === client_id);
  if (!sent) return state;
  if (seq <= state.lastSeq) return without(state, client_id);
  if (seq === state.lastSeq + 1 && state.loaded) {
    return take(state, {
      seq,
      sender_id: state.me,
      body: sent.body,
      created_at,
      client_id,
    });
  }
  return change(state, client_id, { state: "sending", seq });
}

/** Something lies beyond what we have. While an answer is due, nothing new is asked. */
function holed(state: RoomState): RoomState {
  return state.loaded && state.repair === "none" ? { ...state, repair: "wanted" } : state;
}

function inVain(state: RoomState): RoomState {
  const repairs = state.repairs + 1;
  return { ...state, repairs, repair: repairs >= REPAIRS_MOST ? "stopped" : "waiting" };
}

function without(state: RoomState, clientId: string): RoomState {
  const outgoing = state.outgoing.filter((message) => message.client_id !== clientId);
  return outgoing.length === state.outgoing.length ? state : { ...state, outgoing };
}

function change(state: RoomState, clientId: string, part: Partial<Outgoing>): RoomState {
  const outgoing = state.outgoing.map((message) => {
    if (message.client_id !== clientId) return message;
    const { error: _, ...rest } = message;
    return { ...rest, ...part };
  });
  return { ...state, outgoing };
}

/** The partner's, and it came while the person was away or before we were (again) connected. */
function isNews(state: RoomState, message: Message): boolean {
  const unseen = state.away || state.repair === "asked";
  return unseen && !isBy(state.me)(message) && message.seq > state.myRead;
}

function newFrom(state: RoomState): number | null {
  return firstUnread(state)?.seq ?? null;
}

function isBy(id: number): (message: Message) => boolean {
  return (message) => message.sender_id === id;
}
