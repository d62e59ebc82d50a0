/** What people are notified of: the list, read marks, and how they want to be notified. */
import {
  type InfiniteData,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useSession } from "@/auth/session";
import { api, unwrap } from "./http/client";
import { nextCursor, type Page } from "./http/pages";
import type { components } from "./http/schema";

type Schemas = components["schemas"];

export type Notification = Schemas["Notification"];
export type NotificationSettings = Schemas["Settings"];
export type NotificationSettingsChange = Schemas["PatchedSettingsRequest"];

/** The keys under which the cache holds notifications. */
export const notificationKeys = {
  list: ["notifications", "list"],
  unread: ["notifications", "unread"],
  settings: ["notifications", "settings"],
  pushKey: ["notifications", "pushKey"],
} as const;

/** My notifications, newest first, page after page. */
export function useNotifications() {
  return useInfiniteQuery({
    queryKey: notificationKeys.list,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/notifications/", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}

/** The number on the bell, at most 100; the inbox keeps it up to date. */
export function useUnreadNotifications(): number {
  const signedIn = useSession() !== "out";
  const { data } = useQuery({
    queryKey: notificationKeys.unread,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/notifications/unread/", { signal })),
    enabled: signedIn,
    staleTime: 60_000,
  });
  return data?.unread ?? 0;
}

/** Marks some, or all, as read: at once on the screen, and back when the server refuses. */
export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[] | "all") =>
      unwrap(
        api.POST("/api/v1/notifications/read/", {
          body: ids === "all" ? { all: true } : { ids, all: false },
        }),
      ),
    onMutate: (ids) => {
      const now = new Date().toISOString();
      changeRows(client, (row) =>
        row.read_at || (ids !== "all" && !ids.includes(row.id)) ? row : { ...row, read_at: now },
      );
    },
    onSuccess: ({ unread }) => showUnread(client, unread),
    onError: () => void client.invalidateQueries({ queryKey: notificationKeys.list }),
  });
}

/** Show this number on the bell from now on. */
export function showUnread(client: QueryClient, unread: number): void {
  client.setQueryData(notificationKeys.unread, { unread });
}

/** Put one that is new, or happened again, at the top of the list that has been read. */
export function putNotification(client: QueryClient, row: Notification): void {
  client.setQueryData<InfiniteData<Page<Notification>>>(notificationKeys.list, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page, index) => {
      const others = page.results.filter(({ id }) => id !== row.id);
      return { ...page, results: index === 0 ? [row, ...others] : others };
    });
    return { ...data, pages };
  });
}

/** How I want to be notified. */
export function useNotificationSettings() {
  return useQuery({
    queryKey: notificationKeys.settings,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/notifications/settings/", { signal })),
  });
}

/** Changes what is named of my settings. */
export function useChangeNotificationSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NotificationSettingsChange) =>
      unwrap(api.PATCH("/api/v1/notifications/settings/", { body })),
    // One after the other, so that the last click is also the last request.
    scope: { id: "notification-settings" },
    onSuccess: (saved) => client.setQueryData(notificationKeys.settings, saved),
  });
}

/** The key with which browsers subscribe to pushes; empty where the site sends none. */
export function pushKeyQuery() {
  return queryOptions({
    queryKey: notificationKeys.pushKey,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/notifications/push/", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    select: ({ public_key }) => public_key,
  });
}

/** Send this browser my pushes for as long as I am signed in here. */
export function startPushes(body: Schemas["SubscriptionRequest"]): Promise<unknown> {
  return unwrap(api.POST("/api/v1/notifications/push/", { body }));
}

/** Send this browser no more of them. */
export function endPushes(endpoint: string): Promise<unknown> {
  return unwrap(api.POST("/api/v1/notifications/push/end/", { body: { endpoint } }));
}

function changeRows(client: QueryClient, change: (row: Notification) => Notification): void {
  client.setQueryData<InfiniteData<Page<Notification>>>(
    notificationKeys.list,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, results: page.results.map(change) })),
      },
  );
}
