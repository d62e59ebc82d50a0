/** Bookmarks of projects. */
import {
  type InfiniteData,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { projectKeys } from "./projects";
import { recommendationKeys } from "./recommendations";
import type { Project, ProjectCard, Recommendations } from "./types";

interface Change {
  id: number;
  on: boolean;
}

interface Marked {
  bookmarked: boolean;
  bookmark_count: number;
}

/** Turns a bookmark on or off at once everywhere it is shown, and back when the server refuses. */
export function useBookmark() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, on }: Change) => {
      const params = { params: { path: { id } } };
      return unwrap(
        on
          ? api.PUT("/api/v1/projects/{id}/bookmark/", params)
          : api.DELETE("/api/v1/projects/{id}/bookmark/", params),
      );
    },
    // One after the other, so that the last click is also the last request.
    scope: { id: "bookmark" },
    onMutate: ({ id, on }) => show(client, id, (project) => toggled(project, on)),
    onError: (_error, { id, on }) => show(client, id, (project) => toggled(project, !on)),
    onSuccess: (marked, { id }) => {
      show(client, id, () => marked);
      // Lists of bookmarks are read again when they are next shown, not under one's finger.
      void client.invalidateQueries({
        queryKey: projectKeys.lists,
        predicate: ({ queryKey }) => JSON.stringify(queryKey).includes("bookmarked_by"),
        refetchType: "none",
      });
    },
  });
}

/** A project's bookmark after turning it; turning it to what it is changes nothing. */
export function toggled(project: Marked, on: boolean): Marked {
  if (project.bookmarked === on) return project;
  const bookmark_count = Math.max(0, project.bookmark_count + (on ? 1 : -1));
  return { bookmarked: on, bookmark_count };
}

function show(client: QueryClient, id: number, change: (project: Marked) => Marked): void {
  const changed = <T extends Marked & { id: number }>(project: T): T =>
    project.id === id ? { ...project, ...change(project) } : project;
  client.setQueriesData<InfiniteData<{ results: ProjectCard[] }>>(
    { queryKey: projectKeys.lists },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, results: page.results.map(changed) })),
      },
  );
  client.setQueryData<Project>(projectKeys.detail(id), (data) => data && changed(data));
  for (const queryKey of [recommendationKeys.starters, projectKeys.similar]) {
    client.setQueriesData<{ results: ProjectCard[] }>(
      { queryKey },
      (data) => data && { ...data, results: data.results.map(changed) },
    );
  }
  client.setQueriesData<Recommendations>(
    { queryKey: recommendationKeys.all },
    (data) =>
      data && {
        ...data,
        results: data.results.map((item) => ({ ...item, project: changed(item.project) })),
      },
  );
}
