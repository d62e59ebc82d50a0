/** Accounts and profiles: my own, and what everyone may see of others. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { forgetKept } from "@/auth/accountStorage";
import { signedOut, useSession } from "@/auth/session";
import { api, unwrap } from "./client";
import { projectKeys } from "./projects";
import { recommendationKeys } from "./recommendations";
import type { AccountChange } from "./types";

/** The keys under which the cache holds people. */
export const userKeys = {
  me: ["me"],
  profile: (username: string) => ["users", username],
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
  forgetKept();
  signedOut();
}
