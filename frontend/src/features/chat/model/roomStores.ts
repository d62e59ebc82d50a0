/**
 * The stores of this tab's rooms. They outlive their screens: a room that is opened again is
 * there at once, and what was not sent yet is not lost on the way to another room.
 */
import type { QueryClient } from "@tanstack/react-query";
import { roomApi } from "@/api/rooms";
import { sessionState, subscribe } from "@/auth/session";
import { RoomStore } from "./roomStore";

const ROOMS_MOST = 12;

const stores = new Map<string, RoomStore>();

/** The store of my room with this id. */
export function roomStoreOf(client: QueryClient, roomId: string, me: number): RoomStore {
  const key = `${me}/${roomId}`;
  const known = stores.get(key);
  if (known) {
    // The order of a Map is that of insertion: the room used last stands last.
    stores.delete(key);
    stores.set(key, known);
    return known;
  }
  for (const [old, store] of stores) {
    if (stores.size < ROOMS_MOST) break;
    if (store.idle) stores.delete(old);
  }
  const store = new RoomStore(roomId, me, roomApi(client));
  stores.set(key, store);
  return store;
}

/** Nothing that was read or written here is for the next person. */
subscribe(() => {
  if (sessionState() !== "out") return;
  for (const store of stores.values()) store.close();
  stores.clear();
});

window.addEventListener("beforeunload", (event) => {
  if ([...stores.values()].some((store) => store.unsent)) event.preventDefault();
});
