/** What the tests of the chat share: a WebSocket that the test plays the server of. */
import { vi } from "vitest";
import type { RoomFrame } from "./frames";

export class FakeWebSocket {
  static readonly OPEN = 1;
  static all: FakeWebSocket[] = [];

  readyState = 0;
  sent: { type: string; [field: string]: unknown }[] = [];
  closedWith: number | undefined;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeWebSocket.all.push(this);
  }

  static get last(): FakeWebSocket {
    const last = FakeWebSocket.all.at(-1);
    if (!last) throw new Error("nobody has connected");
    return last;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code: number): void {
    this.closedWith = code;
    this.readyState = 3;
  }

  /** The server says something. */
  says(frame: RoomFrame | string): void {
    this.readyState = FakeWebSocket.OPEN;
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  /** The server, or the network, ends the connection. */
  ends(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  frames(type: string) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

export function fakeWebSockets(): void {
  FakeWebSocket.all = [];
  vi.stubGlobal("WebSocket", FakeWebSocket);
}

export const running: RoomFrame = { type: "status", status: "running", writable: true };

/** The message with this number; odd ones are mine. */
export function said(seq: number, body = `message ${seq}`) {
  const id = String(seq).padStart(12, "0");
  return {
    seq,
    sender: seq % 2 ? "me" : "partner",
    body,
    created_at: new Date(Date.UTC(2026, 0, 5, 3, seq)).toISOString(),
    client_id: `00000000-0000-4000-8000-${id}`,
  };
}

export function told(seq: number, body?: string): RoomFrame {
  return { type: "message.new", ...said(seq, body) };
}
