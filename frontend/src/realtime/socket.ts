/**
 * A socket that comes back by itself: fresh tokens, backoff with jitter, and no trust in a
 * connection that has fallen silent.
 */
import { socketUrl } from "@/api/http/base";
import { getAccessToken, refreshAccessToken, sessionState } from "@/auth/session";

/** `refused`: the server takes no token of ours. `gone`: not our room, or no longer. */
export type SocketState = "connecting" | "open" | "waiting" | "refused" | "gone" | "closed";

export interface SocketEvents<Frame> {
  frame: (frame: Frame) => void;
  state: (state: SocketState) => void;
}

const SUBPROTOCOL = "sidepro.chat.v1";
const REFUSED = 4401;
const GONE = 4404;
const TOO_FAST = 4429;

const BACKOFF_FIRST = 500;
const BACKOFF_MOST = 30_000;
/** How many steps of the backoff a 4429 takes at once: the first wait is then up to 8 s. */
const TOO_FAST_STEPS = 4;
/** The first frame has to come this soon after we begin to connect. */
const FIRST_FRAME_WITHIN = 15_000;
/** In a room the server speaks at least every 25 s; after that we ask whether it is there. */
const PING_AFTER = 26_000;
const PONG_WITHIN = 8_000;

/** Full jitter: any time up to a bound that doubles, so that many clients do not come at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(BACKOFF_MOST, BACKOFF_FIRST * 2 ** attempt);
}

/** This tab's sockets that wait: when one gets through, the others try again at once. */
const waiting = new Set<{ reconnect: () => void }>();

export class ChatSocket<Received extends { type: string }, Sent extends { type: string } = never> {
  private socket: WebSocket | null = null;
  private token: string | null = null;
  /** Which connection is the current one: frames of an older one are dropped. */
  private turn = 0;
  private attempt = 0;
  private refusals = 0;
  private receivedAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: SocketState = "closed";

  constructor(
    private readonly path: string,
    private readonly on: SocketEvents<Received>,
  ) {}

  get state(): SocketState {
    return this.current;
  }

  /** Connect, and stay connected until `close`. */
  open(): void {
    if (this.current !== "closed") return;
    window.addEventListener("online", this.wake);
    window.addEventListener("offline", this.sleep);
    document.addEventListener("visibilitychange", this.wake);
    this.reconnect();
  }

  /** Disconnect for good, or until `open`. */
  close(): void {
    window.removeEventListener("online", this.wake);
    window.removeEventListener("offline", this.sleep);
    document.removeEventListener("visibilitychange", this.wake);
    this.drop();
    this.become("closed");
  }

  /** Try again now, as if nothing had failed before. */
  reconnect(): void {
    this.attempt = 0;
    this.refusals = 0;
    void this.connect();
  }

  /** Send a frame; false when there is no connection. */
  send(frame: Sent | { type: "ping" }): boolean {
    if (this.current !== "open" || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** The network or the person is back: no reason to wait, and every reason to doubt. */
  private readonly wake = () => {
    if (document.visibilityState === "hidden") return;
    if (this.current === "waiting") this.reconnect();
    else if (this.current === "open" && Date.now() - this.receivedAt > PONG_WITHIN) this.probe();
  };

  /** The browser would let a connection without a network look alive. */
  private readonly sleep = () => {
    if (this.current === "open") this.lost();
  };

  private async connect(refused: string | null = null): Promise<void> {
    this.drop();
    const turn = this.turn;
    this.become("connecting");
    const token = refused ? await refreshAccessToken(refused) : await getAccessToken();
    if (turn !== this.turn) return;
    if (!token) {
      // Signed out, or only no answer to the refresh.
      if (sessionState() === "out") this.stop("refused");
      else this.waitAndRetry();
      return;
    }
    this.token = token;
    const socket = new WebSocket(socketUrl(this.path), [SUBPROTOCOL, `bearer.${token}`]);
    this.socket = socket;
    this.expect(FIRST_FRAME_WITHIN, () => this.lost());
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (turn === this.turn) this.receive(event.data);
    };
    socket.onclose = (event) => {
      if (turn === this.turn) this.closed(event.code);
    };
  }

  /** Only a frame proves that we are in: the server accepts first, and refuses with a code. */
  private receive(data: unknown): void {
    this.attempt = 0;
    this.refusals = 0;
    this.receivedAt = Date.now();
    this.expect(PING_AFTER, () => this.probe());
    this.become("open");
    const frame = parse(data);
    if (frame) this.on.frame(frame as Received);
  }

  private closed(code: number): void {
    const refused = this.token;
    this.drop();
    if (code === GONE) this.stop("gone");
    else if (code === REFUSED) {
      this.refusals += 1;
      if (this.refusals > 1) this.stop("refused");
      else void this.connect(refused);
    } else {
      if (code === TOO_FAST) this.attempt = Math.max(this.attempt, TOO_FAST_STEPS);
      this.waitAndRetry();
    }
  }

  private waitAndRetry(): void {
    this.become("waiting");
    this.expect(backoff(this.attempt), () => void this.connect());
    this.attempt += 1;
  }

  private stop(state: "refused" | "gone"): void {
    this.drop();
    this.become(state);
  }

  /** Find out whether the connection lives. */
  check(): void {
    if (this.current === "open") this.probe();
  }

  private probe(): void {
    if (!this.send({ type: "ping" })) this.lost();
    else this.expect(PONG_WITHIN, () => this.lost());
  }

  /** Silence: the browser may take minutes to notice, so we leave. */
  private lost(): void {
    this.drop();
    this.waitAndRetry();
  }

  private drop(): void {
    this.turn += 1;
    clearTimeout(this.timer);
    this.socket?.close(1000);
    this.socket = null;
  }

  private expect(within: number, otherwise: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(otherwise, within);
  }

  private become(state: SocketState): void {
    if (state === this.current) return;
    this.current = state;
    if (state === "waiting") waiting.add(this);
    else waiting.delete(this);
    this.on.state(state);
    if (state === "open") for (const other of [...waiting]) other.reconnect();
  }
}

function parse(data: unknown): { type: string } | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    const known = typeof frame === "object" && frame !== null && "type" in frame;
    return known && typeof frame.type === "string" ? { ...frame, type: frame.type } : null;
  } catch {
    return null;
  }
}
