/**
 * The inbox of the person who is signed in: a socket that all tabs share keeps the list of rooms up to
 * date and counts what is unread. The first screen that uses it opens it, the last closes it.
 */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import {
  type Notification,
  notificationKeys,
  putNotification,
  showUnread,
} from "@/api/notifications";
import { listedRoom, putRoom, removeRoom, roomKeys } from "@/api/rooms";
import type { Room } from "@/api/types";
import { useSession } from "@/auth/session";
import { SharedSocket } from "./sharedSocket";
import { setUnread } from "./unread";

/** What the server sends, as chat/PROTOCOL.md describes it. */
export type InboxFrame =
  | { type: "unread"; total: number; notifications: number }
  | { type: "notification"; notification: Notification }
  | { type: "room"; room: Room }
  | { type: "room.removed"; room_id: string }
  | { type: "pong" };

/** So old may a change be and still count as new, in milliseconds: clocks differ a little. */
const JUST_NOW = 120_000;

/** One socket, the number of unread messages, and the rooms in the query cache. */
export class Inbox {
  private readonly socket: SharedSocket<InboxFrame>;
  private readonly listeners = new Set<() => void>();
  private readonly arrivals = new Set<(room: Room) => void>();
  /** What the server counts, in all rooms and in each that it has sent. */
  private total = 0;
  private readonly counts = new Map<string, number>();
  private reading: string | null = null;
  private users = 0;
  private opened = false;

  constructor(private readonly client: QueryClient) {
    this.socket = new SharedSocket<InboxFrame>("/ws/inbox/", "unread", {
      frame: (frame) => this.receive(frame),
      connected: () => {
        // No frame tells what happened between two connections.
        if (this.opened) {
          void this.client.invalidateQueries({ queryKey: roomKeys.all });
          void this.client.invalidateQueries({ queryKey: notificationKeys.list });
        }
        this.opened = true;
      },
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Unread messages, without those of the room that is being read right now. */
  readonly unread = (): number =>
    Math.max(0, this.total - (this.reading ? (this.counts.get(this.reading) ?? 0) : 0));

  /** Call `listener` when a room gets something unread, in one tab only; returns what ends that. */
  onArrival(listener: (room: Room) => void): () => void {
    this.arrivals.add(listener);
    return () => this.arrivals.delete(listener);
  }

  enter(): void {
    this.users += 1;
    this.socket.open();
  }

  leave(): void {
    this.users -= 1;
    if (this.users > 0) return;
    this.socket.close();
    this.opened = false;
  }

  /** The room whose newest messages the person is looking at; null for none. */
  setReading(roomId: string | null): void {
    if (roomId === this.reading) return;
    this.reading = roomId;
    this.notify();
  }

  /** Another person may sign in. */
  forget(): void {
    this.total = 0;
    this.counts.clear();
    this.reading = null;
    this.notify();
  }

  private receive(frame: InboxFrame): void {
    if (frame.type === "unread") {
      this.total = frame.total;
      showUnread(this.client, frame.notifications);
    } else if (frame.type === "notification") {
      putNotification(this.client, frame.notification);
    } else if (frame.type === "room") {
      if (this.socket.isHere && this.brings(frame.room)) {
        for (const listener of this.arrivals) listener(frame.room);
      }
      this.counts.set(frame.room.id, frame.room.unread_count);
      // What is on the screen is read in a moment; showing a count until then would only flash.
      const seen = frame.room.id === this.reading;
      putRoom(this.client, seen ? { ...frame.room, unread_count: 0 } : frame.room);
    } else if (frame.type === "room.removed") {
      this.counts.delete(frame.room_id);
      removeRoom(this.client, frame.room_id);
    }
    this.notify();
  }

  /** Whether more is unread than before; of a room not sent yet, than listed, and changed just now. */
  private brings({ id, unread_count, updated_at }: Room): boolean {
    const before = this.counts.get(id);
    if (before !== undefined) return unread_count > before;
    const listed = listedRoom(this.client, id)?.unread_count ?? 0;
    return unread_count > listed && Date.now() - Date.parse(updated_at) < JUST_NOW;
  }

  private notify(): void {
    setUnread(this.unread());
    for (const listener of this.listeners) listener();
  }
}

const inboxes = new WeakMap<QueryClient, Inbox>();

/** The tab's inbox. */
export function inboxOf(client: QueryClient): Inbox {
  const inbox = inboxes.get(client) ?? new Inbox(client);
  inboxes.set(client, inbox);
  return inbox;
}

/** Keep the inbox open while signed in; the number of unread messages. */
export function useInbox(): number {
  const inbox = inboxOf(useQueryClient());
  const signedOut = useSession() === "out";
  useEffect(() => {
    if (signedOut) {
      inbox.forget();
      return;
    }
    inbox.enter();
    return () => inbox.leave();
  }, [inbox, signedOut]);
  return useSyncExternalStore(inbox.subscribe, inbox.unread);
}
