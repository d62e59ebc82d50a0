/** Messages and frames that the tests of the chat share. */
import type { RoomFrame } from "./frames";

export const ME = 1;
export const PARTNER = 2;

export const running: RoomFrame = { type: "status", status: "running", writable: true };

/** The message with this number; odd ones are mine. */
export function messageOf(seq: number, body = `message ${seq}`) {
  const id = String(seq).padStart(12, "0");
  return {
    seq,
    sender_id: seq % 2 ? ME : PARTNER,
    body,
    created_at: new Date(Date.UTC(2026, 0, 5, 3, seq)).toISOString(),
    client_id: `00000000-0000-4000-8000-${id}`,
  };
}

export function messageFrame(seq: number, body?: string): RoomFrame {
  return { type: "message.new", ...messageOf(seq, body) };
}
