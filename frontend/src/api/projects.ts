import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import { nextCursor } from "./pages";

/** What a list of projects is narrowed to and how it is ordered. */
export interface ProjectFilter {
  ordering?: "newest" | "views" | "popular";
  skills?: string;
  skills_match?: "any" | "all";
  search?: string;
  author?: string;
  bookmarked_by?: string;
  page_size?: number;
}

/** A list of projects, page after page. */
export function projectsQuery(filter: ProjectFilter) {
  return infiniteQueryOptions({
    queryKey: ["projects", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/projects/", {
          params: { query: { ...filter, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}

/** A project's page. */
export function projectQuery(id: number) {
  return queryOptions({
    queryKey: ["projects", "detail", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/projects/{id}/", { params: { path: { id } }, signal })),
    enabled: isId(id),
  });
}

/** Whether a number from an address can be an id. */
export function isId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}
