/** Accounts and profiles: my own, and what everyone may see of others. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { left, useSession } from "@/auth/session";
import { api, unwrap } from "./http/client";
import { nextCursor } from "./http/pages";
import { projectKeys } from "./projects";
import { recommendationKeys } from "./recommendations";
import type { AccountChange, MeetTime, Region } from "./types";

/** What people are found by. */
export interface PeopleFilter {
  skills?: string;
  region?: Region;
  meet_time?: MeetTime;
  /** Only those with whom a coffee chat begins at once. */
  open?: boolean;
  search?: string;
}

/** The keys under which the cache holds people. */
export const userKeys = {
  me: ["me"],
  profile: (username: string) => ["users", username],
  people: (filter: PeopleFilter) => ["people", filter],
} as const;

/** My own account; its data is undefined while no user is signed in. */
export function useMe() {
  const signedIn = useSession() !== "out";
  return useQuery({
    queryKey: userKeys.me,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/users/me/", { signal })),
    enabled: signedIn,
    staleTime: 5 * 60_000,
  });
}

/** A person's public profile. */
export function userQuery(username: string) {
  return queryOptions({
    queryKey: userKeys.profile(username),
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/users/{username}/", { params: { path: { username } }, signal })),
    staleTime: 60_000,
  });
}

/** People who let themselves be found, page after page. */
export function peopleQuery(filter: PeopleFilter) {
  return infiniteQueryOptions({
    queryKey: userKeys.people(filter),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/users/", {
          params: { query: { ...filter, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}

/** Changes my account or profile; everything that shows me follows. */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AccountChange) => unwrap(api.PATCH("/api/v1/users/me/", { body })),
    onSuccess: (saved) => {
      client.setQueryData(userKeys.me, saved);
      for (const queryKey of [
        projectKeys.all,
        recommendationKeys.all,
        userKeys.profile(saved.username ?? ""),
      ]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
}

/** Deletes my account and ends the session. Throws ApiError where the password is not mine. */
export async function deleteMe(password: string): Promise<void> {
  await unwrap(api.DELETE("/api/v1/users/me/", { body: { password } }));
  left();
}
