/** Projects that are recommended to me. */
import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** The key under which the cache holds recommendations. */
export const recommendationKeys = { all: ["recommendations"] } as const;

const COUNT = 12;

/** The projects recommended to the person who is signed in, each with its reason. */
export function recommendationsQuery() {
  return queryOptions({
    queryKey: recommendationKeys.all,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/recommendations/", { params: { query: { limit: COUNT } }, signal })),
    staleTime: 60_000,
  });
}
