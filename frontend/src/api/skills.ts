/** The skills that people and projects name. */
import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./http/client";

/** The key under which the cache holds skills. */
export const skillKeys = {
  all: ["skills"],
  detail: (slug: string) => ["skills", slug],
} as const;

/** All skills there are; they change rarely. */
export function skillsQuery() {
  return queryOptions({
    queryKey: skillKeys.all,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/skills/", { signal })),
    staleTime: 60 * 60_000,
  });
}

/** A skill's page, by its slug or one of its names. */
export function skillQuery(slug: string) {
  return queryOptions({
    queryKey: skillKeys.detail(slug),
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/skills/{slug}/", { params: { path: { slug } }, signal })),
    staleTime: 5 * 60_000,
  });
}
