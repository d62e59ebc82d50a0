/**
 * The sessions of this tab's rooms. They outlive their screens: a room that is opened again is
 * there at once, and what was not sent yet is not lost on the way to another room.
 */
import type { QueryClient } from "@tanstack/react-query";
import { sessionState, subscribe } from "@/auth/session";
import { roomApi } from "./api";
import { RoomSession } from "./roomSession";

const ROOMS_MOST = 12;

const sessions = new Map<string, RoomSession>();

/** The session of my room with this id. */
export function roomSession(client: QueryClient, roomId: string, me: string): RoomSession {
  const key = `${me}/${roomId}`;
  const known = sessions.get(key);
  if (known) {
    // The order of a Map is that of insertion: the room used last stands last.
    sessions.delete(key);
    sessions.set(key, known);
    return known;
  }
  for (const [old, session] of sessions) {
    if (sessions.size < ROOMS_MOST) break;
    if (session.idle) sessions.delete(old);
  }
  const session = new RoomSession(roomId, me, roomApi(client));
  sessions.set(key, session);
  return session;
}

/** Nothing that was read or written here is for the next person. */
subscribe(() => {
  if (sessionState() !== "out") return;
  for (const session of sessions.values()) session.close();
  sessions.clear();
});

window.addEventListener("beforeunload", (event) => {
  if ([...sessions.values()].some((session) => session.unsent)) event.preventDefault();
});
