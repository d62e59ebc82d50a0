/** The frames of a room's socket, as chat/PROTOCOL.md describes them. */
import type { Message } from "@/api/rooms";
import type { Room } from "@/api/types";
import { hasNothingToSee } from "@/components/text/nothingToSee";

export type RoomStatus = Room["status"];

/** What the server sends. */
export type RoomFrame =
  | ({ type: "message.new" } & Message)
  | { type: "message.ack"; client_id: string; seq: number; created_at: string }
  | { type: "sync.done"; last_seq: number }
  | { type: "read"; user_id: number; seq: number }
  | { type: "typing"; user_id: number }
  | { type: "status"; status: RoomStatus; writable: boolean }
  | { type: "presence"; user_id: number; online: boolean }
  | { type: "head"; last_seq: number }
  | { type: "error"; code: string; detail: string; client_id?: string }
  | { type: "pong" };

/** What we send. */
export type ClientFrame =
  | { type: "message.send"; client_id: string; body: string }
  | { type: "sync"; after: number }
  | { type: "read"; seq: number }
  | { type: "typing" }
  | { type: "ping" };

/** The longest message, in characters (not in UTF-16 units). */
export const MESSAGE_MAX_LENGTH = 4000;

/** How many characters people (and the server) count. */
export function lengthOf(text: string): number {
  return text.length <= MESSAGE_MAX_LENGTH / 2 ? text.length : Array.from(text).length;
}

/**
 * A message's text as it is sent, empty where it shows nothing: without blank lines before it (the
 * first line keeps its indentation) and blanks after it, and without control characters and broken
 * surrogates, which JSON would blow up to six bytes each and so beyond the frame limit.
 */
export function cleanBody(text: string): string {
  if (hasNothingToSee(text)) return "";
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replace(/^(?:[^\S\n]*\n)+/, "")
      .trimEnd()
  );
}
