/**
 * One person in one room: feeds the reducer with what comes from the socket, the HTTP API and the
 * person. Messages wait in memory until the server acknowledges them, whatever the network does.
 */
import { type ApiError, isApiError } from "@/api/http/errors";
import type { History, RoomApi } from "@/api/rooms";
import { backoff, ChatSocket, type SocketState } from "@/realtime/socket";
import { Delivery, newId } from "./delivery";
import { type ClientFrame, cleanBody, type RoomFrame } from "./frames";
import { hasOvertaken, newRoom, type RoomAction, type RoomState, reduceRoom } from "./roomReducer";
import { Timers } from "./timers";

/** What the screen shows. */
export interface RoomView extends RoomState {
  connection: SocketState;
  older: "idle" | "loading" | "failed";
  /** Why the room could not be read at first. */
  failure: ApiError | null;
}

/** Changes that come in quick succession are shown together. */
const SHOW_EVERY = 40;
const SYNC_WITHIN = 12_000;
/** A message that was sent in the meantime may overtake the ones before it by this much. */
const OVERTAKES_BY = 2500;
const TYPING_EVERY = 2200;
const READ_EVERY = 250;
/** A room opens at the first unread message when it is not farther back than this many pages. */
const UNREAD_PAGES_MOST = 10;
/** How long a room that was left with unsent messages stays connected. */
const LINGER = 30_000;

export class RoomStore {
  private state: RoomState;
  private older: RoomView["older"] = "idle";
  private failure: ApiError | null = null;
  private shown: RoomView;
  private readonly socket: ChatSocket<RoomFrame, ClientFrame>;
  private readonly listeners = new Set<() => void>();
  private readonly timers = new Timers();
  private readonly delivery: Delivery;
  private users = 0;
  private loading = false;
  private wasOpen = false;
  private shownAt = 0;
  private typedAt = 0;
  private readSent = 0;
  private readWanted = 0;

  constructor(
    readonly roomId: string,
    readonly me: number,
    private readonly api: RoomApi,
  ) {
    this.state = newRoom(me);
    this.socket = new ChatSocket<RoomFrame, ClientFrame>(`/ws/chat/${roomId}/`, {
      frame: (frame) => this.receive(frame),
      state: (state) => this.connectionIs(state),
    });
    this.delivery = new Delivery(
      this.socket,
      () => this.state.outgoing,
      (clientId, error) => this.apply({ type: "failed", client_id: clientId, error }),
    );
    this.shown = this.view();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RoomView => this.shown;

  /** A screen shows the room. */
  enter(): void {
    this.users += 1;
    this.timers.stop("linger");
    if (this.socket.state === "refused" || this.socket.state === "gone") this.socket.close();
    this.socket.open();
    if (!this.state.loaded) void this.load();
  }

  /** The room is mine again: connect, and read it once more. */
  enterAgain(): void {
    this.socket.reconnect();
    void this.load();
  }

  /** The screen is gone. The connection stays a little if something is still to be sent. */
  leave(): void {
    this.users -= 1;
    if (this.users > 0) return;
    this.sendRead();
    this.apply({ type: "away", away: true });
    if (this.unsent) this.timers.start("linger", LINGER, () => this.close());
    else this.close();
  }

  /** Disconnect at once. */
  close(): void {
    this.socket.close();
    this.timers.stopAll();
  }

  /** Whether anything here would be lost with the page. */
  get unsent(): boolean {
    return this.state.outgoing.some(({ state, seq }) => state === "sending" && !seq);
  }

  /** Whether it may be forgotten. */
  get idle(): boolean {
    return this.users === 0 && this.state.outgoing.length === 0;
  }

  reconnect(): void {
    this.socket.reconnect();
  }

  send(text: string): void {
    const body = cleanBody(text);
    if (!body) return;
    this.apply({ type: "queued", client_id: newId(), body, now: Date.now() });
    this.pump();
    this.show();
  }

  /** Send again, as the same message. */
  retry(clientId: string): void {
    this.apply({ type: "retried", client_id: clientId });
    this.pump();
    this.show();
  }

  discard(clientId: string): void {
    this.delivery.settle(clientId);
    this.apply({ type: "discarded", client_id: clientId });
    this.show();
  }

  /** The person types; sent at most every two seconds. */
  typing(): void {
    if (!this.state.writable || Date.now() - this.typedAt < TYPING_EVERY) return;
    if (this.socket.send({ type: "typing" })) this.typedAt = Date.now();
  }

  setAway(away: boolean): void {
    this.apply({ type: "away", away });
  }

  /** The person has seen everything up to here. */
  readUpTo(seq: number): void {
    if (seq <= this.state.myRead) return;
    this.readWanted = seq;
    this.apply({ type: "read", seq });
    if (!this.timers.has("read")) this.timers.start("read", READ_EVERY, () => this.sendRead());
  }

  /** Read the page of history before the oldest message we have. */
  async loadOlder(): Promise<void> {
    const first = this.state.messages[0];
    if (!first || !this.state.hasOlder || this.older === "loading") return;
    this.set({ older: "loading" });
    try {
      const { results, has_more } = await this.api.messages(this.roomId, first.seq);
      this.older = "idle";
      this.apply({ type: "older", messages: results, hasOlder: has_more });
      this.show();
    } catch {
      this.set({ older: "failed" });
    }
  }

  /** Read the room again: the way out when nothing else helped. */
  async load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.set({ failure: null });
    try {
      const [room, newest] = await Promise.all([
        this.api.room(this.roomId),
        this.api.messages(this.roomId),
      ]);
      const { results, has_more } = room.unread_count
        ? await this.backTo(room.last_read_seq + 1, newest)
        : newest;
      this.apply({ type: "loaded", messages: results, hasOlder: has_more, room });
      if (this.socket.state === "open") this.sync();
      this.show();
    } catch (error) {
      this.set({ failure: isApiError(error) ? error : null });
      if (!isApiError(error)) throw error;
    } finally {
      this.loading = false;
    }
  }

  /** The newest messages and, within reason, those before them down to the first unread one. */
  private async backTo(seq: number, { results, has_more }: History): Promise<History> {
    for (let page = 1; page < UNREAD_PAGES_MOST && has_more; page += 1) {
      const oldest = results[0]?.seq;
      if (oldest === undefined || oldest <= seq) break;
      const older = await this.api.messages(this.roomId, oldest);
      results = [...older.results, ...results];
      has_more = older.has_more;
    }
    return { results, has_more };
  }

  private receive(frame: RoomFrame): void {
    if (frame.type === "message.ack") this.delivery.settle(frame.client_id);
    else if (frame.type === "error" && frame.client_id) {
      this.delivery.refused(frame.client_id, frame.code);
    }
    this.apply({ type: "frame", frame, now: Date.now() });
    if (frame.type === "typing") {
      const until = this.state.typingUntil - Date.now();
      this.timers.start("typing", until, () => this.apply({ type: "typing.over" }));
    }
    if (frame.type === "message.ack") this.pump();
    if (this.users === 0 && !this.unsent) this.close();
  }

  private connectionIs(state: SocketState): void {
    if (state === "open") {
      this.wasOpen = true;
      this.readSent = 0;
      if (this.state.loaded) {
        this.sync();
        void this.refresh();
      } else void this.load();
    } else if (this.wasOpen) {
      this.wasOpen = false;
      this.delivery.disconnected();
      for (const name of ["sync", "read", "typing", "overtaken"]) this.timers.stop(name);
      this.apply({ type: "disconnected" });
    }
    this.show();
  }

  /** Ask for what came after our last message, then offer what was not acknowledged. */
  private sync(): void {
    this.apply({ type: "asked" });
    this.socket.send({ type: "sync", after: this.state.lastSeq });
    this.timers.start("sync", SYNC_WITHIN, () => this.apply({ type: "repair.failed" }));
    this.sendRead();
    this.pump();
  }

  /** Read marks that moved while we were away are in no frame. */
  private async refresh(): Promise<void> {
    try {
      this.apply({ type: "facts", room: await this.api.room(this.roomId) });
    } catch {
      // The next connection tries again, and a room that is gone closes the socket with its code.
    }
  }

  private pump(): void {
    if (this.state.loaded) this.delivery.pump();
  }

  private sendRead(): void {
    this.timers.stop("read");
    if (this.readWanted <= this.readSent || !this.state.loaded) return;
    if (this.socket.send({ type: "read", seq: this.readWanted })) this.readSent = this.readWanted;
  }

  private apply(action: RoomAction): void {
    const before = this.state;
    this.state = reduceRoom(before, action);
    if (this.state === before) return;
    this.repair(before);
    this.showSoon();
  }

  /** Do what the state asks for. */
  private repair(before: RoomState): void {
    const { repair, lastSeq, repairs } = this.state;
    if (repair === "asked" && lastSeq > before.lastSeq) {
      // The answer is on its way, however long it is.
      this.timers.start("sync", SYNC_WITHIN, () => this.apply({ type: "repair.failed" }));
    }
    if (repair !== before.repair) {
      if (repair !== "asked") this.timers.stop("sync");
      if (repair === "wanted" && this.socket.state === "open") this.sync();
      if (repair === "waiting") {
        this.timers.start("sync", 1000 + backoff(repairs), () => this.apply({ type: "repair" }));
      }
    }
    if (hasOvertaken(this.state) && !this.timers.has("overtaken")) {
      this.timers.start("overtaken", OVERTAKES_BY, () => {
        const { state } = this;
        if (hasOvertaken(state) && state.repair === "none") this.apply({ type: "repair" });
      });
    }
  }

  private set(part: Partial<Pick<RoomView, "older" | "failure">>): void {
    Object.assign(this, part);
    this.show();
  }

  private showSoon(): void {
    if (this.timers.has("show")) return;
    const wait = this.shownAt + SHOW_EVERY - Date.now();
    if (wait <= 0) this.show();
    else this.timers.start("show", wait, () => this.show());
  }

  private show(): void {
    this.timers.stop("show");
    this.shownAt = Date.now();
    this.shown = this.view();
    for (const listener of this.listeners) listener();
  }

  private view(): RoomView {
    const { state, older, failure } = this;
    return { ...state, older, failure, connection: this.socket.state };
  }
}
