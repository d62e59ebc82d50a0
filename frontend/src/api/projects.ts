/** Projects: lists of them, one, and what their authors do with theirs. Bookmarks: `bookmarks.ts`. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { nextCursor } from "./http/pages";
import type { ProjectDraft, Stage } from "./types";

/** What a list of projects is filtered by and how it is ordered. */
export interface ProjectFilter {
  ordering?: "newest" | "views" | "popular" | "trending";
  skills?: string;
  skills_match?: "any" | "all";
  stage?: Stage;
  /** Only by people or with skills that I follow. */
  following?: boolean;
  search?: string;
  author?: string;
  bookmarked_by?: string;
  page_size?: number;
}

/** The keys under which the cache holds projects; a shorter key stands for all below it. */
export const projectKeys = {
  all: ["projects"],
  lists: ["projects", "list"],
  list: (filter: ProjectFilter) => ["projects", "list", filter],
  count: (filter: ProjectFilter) => ["projects", "count", filter],
  detail: (id: number) => ["projects", "detail", id],
  similar: ["projects", "similar"],
} as const;

/** A list of projects, page after page. */
export function projectsQuery(filter: ProjectFilter) {
  return infiniteQueryOptions({
    queryKey: projectKeys.list(filter),
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

/** How many projects a filter finds. */
export function projectCountQuery({ page_size: _, ordering: __, ...filter }: ProjectFilter) {
  return queryOptions({
    queryKey: projectKeys.count(filter),
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/projects/count/", { params: { query: filter }, signal })),
    staleTime: 60_000,
  });
}

/** A project's page. */
export function projectQuery(id: number) {
  return queryOptions({
    queryKey: projectKeys.detail(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/projects/{id}/", { params: { path: { id } }, signal })),
    enabled: isId(id),
  });
}

/** The projects most like another one. */
export function similarQuery(id: number) {
  return queryOptions({
    queryKey: [...projectKeys.similar, id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/projects/{id}/similar/", { params: { path: { id } }, signal })),
    staleTime: 60_000,
  });
}

/** Publishes a project of mine; its data is the project. */
export function useCreateProject() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProjectDraft) => unwrap(api.POST("/api/v1/projects/", { body })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: projectKeys.lists });
    },
  });
}

/** Changes a project of mine. */
export function useUpdateProject(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProjectDraft) =>
      unwrap(api.PATCH("/api/v1/projects/{id}/", { params: { path: { id } }, body })),
    onSuccess: (saved) => {
      client.setQueryData(projectKeys.detail(id), saved);
      void client.invalidateQueries({ queryKey: projectKeys.lists });
    },
  });
}

/** Deletes a project of mine, then calls `leave`: its page would ask for what is gone. */
export function useDeleteProject(id: number, leave: () => Promise<void> | void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/projects/{id}/", { params: { path: { id } } })),
    onSuccess: async () => {
      await leave();
      client.removeQueries({ queryKey: projectKeys.detail(id) });
      await client.invalidateQueries({ queryKey: projectKeys.lists });
    },
  });
}

/** Whether a number from an address can be an id. */
export function isId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}
