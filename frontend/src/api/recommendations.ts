/** Projects and people that are recommended to me, and what I am not interested in. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import type { Recommendations } from "./types";

/** The keys under which the cache holds recommendations. */
export const recommendationKeys = {
  all: ["recommendations"],
  people: ["similar-people"],
  starters: ["starters"],
} as const;

const COUNT = 12;
const PEOPLE = 8;

/** The projects recommended to the person who is signed in, each with its reason. */
export function recommendationsQuery() {
  return queryOptions({
    queryKey: recommendationKeys.all,
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/recommendations/", { params: { query: { limit: COUNT } }, signal })),
    staleTime: 60_000,
  });
}

/** People with a stack like mine whom I may ask for a coffee chat. */
export function similarPeopleQuery() {
  return queryOptions({
    queryKey: recommendationKeys.people,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/recommendations/people/", {
          params: { query: { limit: PEOPLE } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** Well-known projects, spread over my skills, for a newcomer to pick from. */
export function startersQuery() {
  return queryOptions({
    queryKey: recommendationKeys.starters,
    queryFn: ({ signal }) => unwrap(api.GET("/api/v1/recommendations/starters/", { signal })),
    // They stay while one picks: what was picked is not replaced under one's finger.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Says that a project is of no interest, or takes that back; the list follows at once. */
export function useDismiss() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, on }: { id: number; on: boolean }) => {
      const params = { params: { path: { id } } };
      return unwrap(
        on
          ? api.PUT("/api/v1/projects/{id}/dismissal/", params)
          : api.DELETE("/api/v1/projects/{id}/dismissal/", params),
      );
    },
    scope: { id: "dismissal" },
    onMutate: async ({ id, on }) => {
      await client.cancelQueries({ queryKey: recommendationKeys.all });
      if (on) client.setQueryData<Recommendations>(recommendationKeys.all, without(id));
    },
    // Another project takes the place; after a failure the list says what is so.
    onSettled: () => client.invalidateQueries({ queryKey: recommendationKeys.all }),
  });
}

/** The list without a project. */
export function without(id: number) {
  return (data: Recommendations | undefined): Recommendations | undefined =>
    data && { ...data, results: data.results.filter(({ project }) => project.id !== id) };
}
