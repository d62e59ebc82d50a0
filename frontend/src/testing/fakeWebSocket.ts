/** A WebSocket whose server is the test. */
import { vi } from "vitest";

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
    if (!last) throw new Error("no socket was opened");
    return last;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code: number): void {
    this.closedWith = code;
    this.readyState = 3;
  }

  /** A frame from the server arrives. */
  receives(frame: object | string): void {
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
