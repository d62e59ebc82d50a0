import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { useSession } from "./session";

export const meKey = ["me"] as const;

/** My own account; its data is undefined while nobody is signed in. */
export function useMe() {
  const signedIn = useSession() !== "out";
  return useQuery({
    queryKey: meKey,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/users/me/", { signal })),
    enabled: signedIn,
    staleTime: 5 * 60_000,
  });
}
