/** Offers messages to the server until it has taken or refused each, always under the same id. */

import { backoff } from "@/realtime/socket";
import type { ClientFrame } from "./frames";
import type { Outgoing } from "./roomReducer";
import { Timers } from "./timers";

/** Sent and not acknowledged; the rest waits, and so stays under the server's frame limit. */
const IN_FLIGHT_MOST = 8;
const ACK_WITHIN = 8000;
const TRIES_MOST = 4;

interface Line {
  send: (frame: ClientFrame) => boolean;
  /** Find out whether the connection lives. */
  check: () => void;
}

export class Delivery {
  private readonly inFlight = new Set<string>();
  private readonly tries = new Map<string, number>();
  private readonly timers = new Timers();

  constructor(
    private readonly line: Line,
    /** Everything of mine that has no number yet. */
    private readonly outgoing: () => readonly Outgoing[],
    private readonly failed: (clientId: string, code: string) => void,
  ) {}

  /** Send what may be sent now. */
  pump(): void {
    for (const { client_id, body, state, seq } of this.outgoing()) {
      if (this.inFlight.size >= IN_FLIGHT_MOST) return;
      if (state !== "sending" || seq || this.inFlight.has(client_id)) continue;
      if (!this.line.send({ type: "message.send", client_id, body })) return;
      this.inFlight.add(client_id);
      this.expectAck(client_id);
    }
  }

  /** The server took it, or it is not to be sent any more. */
  settle(clientId: string): void {
    this.timers.stop(clientId);
    this.inFlight.delete(clientId);
    this.tries.delete(clientId);
  }

  /** The server did not take it: later it may, or never. */
  refused(clientId: string, code: string): void {
    const tries = (this.tries.get(clientId) ?? 0) + 1;
    if (code !== "unavailable" || tries >= TRIES_MOST) {
      this.fail(clientId, code);
      return;
    }
    this.tries.set(clientId, tries);
    // It counts as in flight until then, so that nothing else sends it.
    this.timers.start(clientId, 1000 + backoff(tries), () => {
      this.inFlight.delete(clientId);
      this.pump();
    });
  }

  /** Without a connection nothing is in flight; the next one offers everything again. */
  disconnected(): void {
    this.timers.stopAll();
    this.inFlight.clear();
  }

  /** No answer may mean a dead connection: that is found out before the message counts as failed. */
  private expectAck(clientId: string): void {
    this.timers.start(clientId, ACK_WITHIN, () => {
      this.line.check();
      this.timers.start(clientId, ACK_WITHIN + 2000, () => this.fail(clientId, "timeout"));
    });
  }

  private fail(clientId: string, code: string): void {
    this.settle(clientId);
    this.failed(clientId, code);
    this.pump();
  }
}

/** A random UUID, also on pages without TLS, where `crypto.randomUUID` is missing. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
