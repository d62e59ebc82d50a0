/** Blocks between people, and reports to the moderators. */
import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { nextCursor } from "./http/pages";
import type { components } from "./http/schema";

type Schemas = components["schemas"];

/** What is reported, as the API names it. */
export type ReportKind = Schemas["ReportRequest"]["kind"];
/** Why it is reported. */
export type ReportReason = Schemas["ReportRequest"]["reason"];

/** The keys under which the cache holds blocks. */
export const blockKeys = {
  all: ["blocks"],
  list: ["blocks", "list"],
  of: (username: string) => ["blocks", "of", username],
} as const;

/** Whether I block a person. */
export function blockQuery(username: string) {
  return queryOptions({
    queryKey: blockKeys.of(username),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/users/{username}/block/", { params: { path: { username } }, signal }),
      ),
    staleTime: 60_000,
  });
}

/** Whom I block, page after page. */
export function useBlocks() {
  return useInfiniteQuery({
    queryKey: blockKeys.list,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/blocks/", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}

/** Blocks a person or takes that back; everything that shows people is read again. */
export function useBlock(username: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) => {
      const params = { params: { path: { username } } };
      return unwrap(
        on
          ? api.PUT("/api/v1/users/{username}/block/", params)
          : api.DELETE("/api/v1/users/{username}/block/", params),
      );
    },
    onSuccess: (answer) => {
      client.setQueryData(blockKeys.of(username), answer);
      void client.invalidateQueries();
    },
  });
}

/** Tells the moderators; again about the same thing is no error. Throws ApiError. */
export async function sendReport(body: Schemas["ReportRequest"]): Promise<void> {
  await unwrap(api.POST("/api/v1/reports/", { body }));
}
