/** Coffee chats: the list of mine, one room, and what was said in it. */
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  skipToken,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { nextCursor } from "./http/pages";
import type { components } from "./http/schema";
import type { Room } from "./types";

type RoomRequest = components["schemas"]["AskRequest"];
type RoomPage = components["schemas"]["PaginatedRoomList"];
type RoomPages = InfiniteData<RoomPage, string>;

/** A stored message of a room. */
export interface Message {
  seq: number;
  /** Null once the sender's account was deleted. */
  sender_id: number | null;
  body: string;
  created_at: string;
  client_id: string;
}

/** A page of a room's messages, oldest first. */
export interface History {
  results: Message[];
  has_more: boolean;
}

/** What a room's store reads. */
export interface RoomApi {
  room(id: string): Promise<Room>;
  messages(id: string, before?: number): Promise<History>;
}

const HISTORY_PAGE = 50;

/** The keys under which the cache holds my rooms. */
export const roomKeys = {
  all: ["rooms"],
  list: ["rooms", "list"],
  requests: ["rooms", "requests"],
  detail: (id: string) => ["rooms", "room", id],
} as const;

/** My rooms, newest activity first, without the requests that wait for my answer. */
export function useRooms() {
  return useInfiniteQuery(roomsQuery(roomKeys.list, {}));
}

/** The requests that wait for my answer, newest first. */
export function useRequests() {
  return useInfiniteQuery(roomsQuery(roomKeys.requests, { box: "requests" }));
}

function roomsQuery(queryKey: readonly string[], box: { box?: "requests" }) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/rooms/", {
          params: { query: { page_size: 30, ...box, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}

/** What is known of one of my rooms: its store reads it, the inbox tells of changes. */
export function useRoom(id: string): Room | undefined {
  const client = useQueryClient();
  const { data } = useQuery<Room>({
    queryKey: roomKeys.detail(id),
    queryFn: skipToken,
    placeholderData: listedRoom(client, id),
  });
  return data;
}

/** A room's store reads through the cache, so that list and header learn of it as well. */
export function roomApi(client: QueryClient): RoomApi {
  return {
    async room(id) {
      const asked = Date.now();
      const room = await unwrap(api.GET("/api/v1/rooms/{id}/", { params: { path: { id } } }));
      // What came since then, when I accepted for one, is newer than this answer.
      const known = client.getQueryState<Room>(roomKeys.detail(id));
      if (known?.data && known.dataUpdatedAt > asked) return known.data;
      client.setQueryData(roomKeys.detail(id), room);
      return room;
    },
    async messages(id, before) {
      const query = { limit: HISTORY_PAGE, ...(before && { before }) };
      const page = await unwrap(
        api.GET("/api/v1/rooms/{id}/messages/", { params: { path: { id }, query } }),
      );
      return { results: page.results, has_more: page.has_more };
    },
  };
}

/**
 * Leave a room: it is gone from my list, and read-only for the partner. Of a request that waits this
 * is declining (the asker is not notified) or withdrawing.
 */
export function useLeaveRoom(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/rooms/{id}/", { params: { path: { id } } })),
    onSuccess: () => removeRoom(client, id),
  });
}

/** Ask a person for a coffee chat (again); its data is the room, which may wait for an answer. */
export function useCreateRoom() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RoomRequest) => unwrap(api.POST("/api/v1/rooms/", { body })),
    onSuccess: (room) => putRoom(client, room),
  });
}

/** Say yes to a request: both may write from now on. */
export function useAcceptRequest(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/rooms/{id}/accept/", { params: { path: { id } } })),
    onSuccess: (room) => putRoom(client, room),
  });
}

/** Put a room that is new or has changed into everything that shows it. */
export function putRoom(client: QueryClient, room: Room): void {
  client.setQueryData(roomKeys.detail(room.id), room);
  const waits = room.pending_reason === "requested_of_me";
  const [its, other] = waits
    ? [roomKeys.requests, roomKeys.list]
    : [roomKeys.list, roomKeys.requests];
  client.setQueryData<RoomPages>(its, (data) => data && withRoom(data, room));
  client.setQueryData<RoomPages>(other, (data) => data && withoutRoom(data, room.id));
}

/** Take a room that is not mine any more out of the lists. An open screen still knows whose it was. */
export function removeRoom(client: QueryClient, id: string): void {
  for (const list of [roomKeys.list, roomKeys.requests]) {
    client.setQueryData<RoomPages>(list, (data) => data && withoutRoom(data, id));
  }
}

/** The list's order is that of the last activity; pages that were not read yet keep theirs. */
export function withRoom(data: RoomPages, room: Room): RoomPages {
  const rest = withoutRoom(data, room.id);
  const rooms = rest.pages.flatMap((page) => page.results);
  const place = rooms.findIndex(({ updated_at }) => updated_at <= room.updated_at);
  const before = place < 0 ? rooms.length : place;
  if (place < 0 && rest.pages.at(-1)?.next) return rest;
  let start = 0;
  let placed = false;
  const pages = rest.pages.map((page, index) => {
    const end = start + page.results.length;
    const here = !placed && (before <= end || index === rest.pages.length - 1);
    const at = before - start;
    start = end;
    if (!here) return page;
    placed = true;
    return { ...page, results: page.results.toSpliced(at, 0, room) };
  });
  return { ...rest, pages };
}

function withoutRoom(data: RoomPages, id: string): RoomPages {
  const without = (page: RoomPage) =>
    page.results.some((room) => room.id === id)
      ? { ...page, results: page.results.filter((room) => room.id !== id) }
      : page;
  return { ...data, pages: data.pages.map(without) };
}

/** One of my rooms as the lists that were read show it. */
export function listedRoom(client: QueryClient, id: string): Room | undefined {
  const pages = [roomKeys.list, roomKeys.requests].flatMap(
    (list) => client.getQueryData<RoomPages>(list)?.pages ?? [],
  );
  return pages.flatMap((page) => page.results).find((room) => room.id === id);
}
