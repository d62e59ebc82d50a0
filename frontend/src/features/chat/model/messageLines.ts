/** Turns messages into what the list shows: days, groups of one sender, and what is new. */
import type { Message } from "@/api/rooms";
import type { Outgoing } from "./roomReducer";

export interface MessageLine {
  kind: "message";
  key: string;
  message: Message;
  mine: boolean;
  /** The first and last of what one person said in one go. */
  first: boolean;
  last: boolean;
}

export type Line =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | MessageLine
  | { kind: "outgoing"; key: string; message: Outgoing; first: boolean };

/** A longer silence begins a new group. */
const GROUP_WITHIN = 5 * 60_000;

export function messageLinesOf(
  messages: readonly Message[],
  outgoing: readonly Outgoing[],
  me: number,
  newFrom: number | null,
  hasOlder: boolean,
): Line[] {
  const lines: Line[] = [];
  const firstNew = firstNewSeq(messages, me, newFrom, hasOlder);
  let before: MessageLine | undefined;
  let beforeAt = new Date(0);
  for (const message of messages) {
    const at = new Date(message.created_at);
    const newDay = !isSameDay(at, beforeAt);
    if (newDay) {
      lines.push({ kind: "day", key: `day-${at.toDateString()}`, at: message.created_at });
    }
    const news = message.seq === firstNew;
    if (news) lines.push({ kind: "new", key: "new" });
    const apart = at.getTime() - beforeAt.getTime() > GROUP_WITHIN;
    const first = newDay || news || apart || before?.message.sender_id !== message.sender_id;
    if (first && before) before.last = true;
    // The client's id is the key from the moment of sending, so that the row stays the same one.
    before = {
      kind: "message",
      key: message.sender_id === me ? message.client_id : String(message.seq),
      message,
      mine: message.sender_id === me,
      first,
      last: false,
    };
    lines.push(before);
    beforeAt = at;
  }
  if (before) before.last = true;
  let first = !before?.mine;
  for (const message of outgoing) {
    lines.push({ kind: "outgoing", key: message.client_id, message, first });
    first = false;
  }
  return lines;
}

/** Before which message the line of new ones stands; nowhere while it may be one to be loaded. */
function firstNewSeq(
  messages: readonly Message[],
  me: number,
  newFrom: number | null,
  hasOlder: boolean,
): number | undefined {
  const oldest = messages[0]?.seq ?? 0;
  if (newFrom === null || (hasOlder && oldest > newFrom)) return undefined;
  return messages.find((message) => message.seq >= newFrom && message.sender_id !== me)?.seq;
}

function isSameDay(one: Date, other: Date): boolean {
  return (
    one.getDate() === other.getDate() &&
    one.getMonth() === other.getMonth() &&
    one.getFullYear() === other.getFullYear()
  );
}
