/** Following people and skills. */
import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { nextCursor } from "./http/pages";

/** What can be followed: a person by nickname, or a skill by its slug. */
export type Followed = { username: string } | { slug: string };

/** The keys under which the cache holds follows. */
export const followKeys = {
  list: ["follows", "list"],
  of: (thing: Followed) => ["follows", "of", thing],
} as const;

/** Whether I follow it. */
export function followQuery(thing: Followed) {
  return queryOptions({
    queryKey: followKeys.of(thing),
    queryFn: ({ signal }) =>
      unwrap(
        "slug" in thing
          ? api.GET("/api/v1/skills/{slug}/follow/", { params: { path: thing }, signal })
          : api.GET("/api/v1/users/{username}/follow/", { params: { path: thing }, signal }),
      ),
    staleTime: 60_000,
  });
}

/** Follows it, or no longer. */
export function useFollow(thing: Followed) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) => {
      if ("slug" in thing) {
        const params = { params: { path: thing } };
        return unwrap(
          on
            ? api.PUT("/api/v1/skills/{slug}/follow/", params)
            : api.DELETE("/api/v1/skills/{slug}/follow/", params),
        );
      }
      const params = { params: { path: thing } };
      return unwrap(
        on
          ? api.PUT("/api/v1/users/{username}/follow/", params)
          : api.DELETE("/api/v1/users/{username}/follow/", params),
      );
    },
    onSuccess: (answer) => {
      client.setQueryData(followKeys.of(thing), answer);
      // What I unfollow stays in sight until the list is shown again, so that it can be taken back.
      void client.invalidateQueries({ queryKey: followKeys.list, refetchType: "none" });
    },
  });
}

/** What I follow, newest first, page after page. */
export function useFollows() {
  return useInfiniteQuery({
    queryKey: followKeys.list,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/follows/", {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}
