/** The skills that people and projects name. */
import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** The key under which the cache holds skills. */
export const skillKeys = { all: ["skills"] } as const;

/** All skills there are; they change rarely. */
export function skillsQuery() {
  return queryOptions({
    queryKey: skillKeys.all,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/skills/", { signal })),
    staleTime: 60 * 60_000,
  });
}
