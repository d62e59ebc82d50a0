/**
 * One socket for all tabs of a browser. The tab that holds a lock keeps the socket and passes on
 * what arrives; when it closes, the lock and with it the socket goes to another tab.
 */
import { ChatSocket, type SocketState } from "./socket";

/** What tabs send each other. */
type TabMessage<Frame> =
  | { type: "frame"; frame: Frame }
  | { type: "connected" }
  | { type: "joined" };

export interface SharedSocketEvents<Frame> {
  /** A frame arrived, here or in the tab that has the socket. */
  frame: (frame: Frame) => void;
  /** The socket was connected (again): what happened before is in no frame. */
  connected: () => void;
}

export class SharedSocket<Frame extends { type: string }> {
  private readonly socket: ChatSocket<Frame>;
  private channel: BroadcastChannel | null = null;
  private ended: AbortController | null = null;
  private state: SocketState = "closed";
  private newest: Frame | null = null;

  /** `path` also names the lock. Tabs that join get the newest frame of type `remembered`. */
  constructor(
    private readonly path: string,
    private readonly remembered: Frame["type"],
    private readonly on: SharedSocketEvents<Frame>,
  ) {
    this.socket = new ChatSocket<Frame>(path, {
      frame: (frame) => this.receive(frame),
      state: (state) => {
        this.state = state;
        if (state === "open") this.connected();
      },
    });
  }

  /** Whether this tab has the socket: what is to be done once is done here. */
  get isHere(): boolean {
    return this.state !== "closed";
  }

  /** Take part until `close`. Without locks (a page without TLS) each tab has its own socket. */
  open(): void {
    if (this.state === "refused") this.socket.reconnect();
    if (this.ended) return;
    this.ended = new AbortController();
    const { signal } = this.ended;
    if (!navigator.locks || !("BroadcastChannel" in window)) {
      this.socket.open();
      return;
    }
    this.channel = new BroadcastChannel(`sidepro.${this.path}`);
    this.channel.onmessage = ({ data }: MessageEvent<TabMessage<Frame>>) => this.hear(data);
    this.post({ type: "joined" });
    const lock = navigator.locks.request(`sidepro.${this.path}`, { signal }, () => {
      this.socket.open();
      return new Promise<void>((release) => signal.addEventListener("abort", () => release()));
    });
    // An abort is how waiting for the lock ends.
    lock.catch((error) => {
      if (!signal.aborted) throw error;
    });
  }

  close(): void {
    this.ended?.abort();
    this.ended = null;
    this.socket.close();
    this.channel?.close();
    this.channel = null;
    this.newest = null;
  }

  private receive(frame: Frame): void {
    if (frame.type === this.remembered) this.newest = frame;
    this.post({ type: "frame", frame });
    this.on.frame(frame);
  }

  private connected(): void {
    this.post({ type: "connected" });
    this.on.connected();
  }

  private hear(message: TabMessage<Frame>): void {
    if (message.type === "frame") this.on.frame(message.frame);
    else if (message.type === "connected") this.on.connected();
    else if (this.newest) this.post({ type: "frame", frame: this.newest });
  }

  private post(message: TabMessage<Frame>): void {
    this.channel?.postMessage(message);
  }
}
