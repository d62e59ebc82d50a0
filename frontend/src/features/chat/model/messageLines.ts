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
  me: string,
  newFrom: number | null,
): Line[] {
  const lines: Line[] = [];
  let before: MessageLine | undefined;
  let beforeAt = new Date(0);
  for (const message of messages) {
    const at = new Date(message.created_at);
    const newDay = !isSameDay(at, beforeAt);
    if (newDay) {
      lines.push({ kind: "day", key: `day-${at.toDateString()}`, at: message.created_at });
    }
    // The first message at or after the mark: the one with its number may not be loaded.
    const news = newFrom !== null && message.seq === newFrom;
    if (news) lines.push({ kind: "new", key: "new" });
    const apart = at.getTime() - beforeAt.getTime() > GROUP_WITHIN;
    const first = newDay || news || apart || before?.message.sender !== message.sender;
    if (first && before) before.last = true;
    // The client's id is the key from the moment of sending, so that the row stays the same one.
    before = {
      kind: "message",
      key: message.sender === me ? message.client_id : String(message.seq),
      message,
      mine: message.sender === me,
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

function isSameDay(one: Date, other: Date): boolean {
  return (
    one.getDate() === other.getDate() &&
    one.getMonth() === other.getMonth() &&
    one.getFullYear() === other.getFullYear()
  );
}
