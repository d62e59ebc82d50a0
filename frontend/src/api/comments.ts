/** Comments below a project. */
import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { nextCursor, type Page } from "./http/pages";
import { projectKeys } from "./projects";
import type { Comment, Project } from "./types";

type Comments = InfiniteData<Page<Comment>>;

/** The key under which the cache holds a project's comments. */
export const commentKeys = { list: (projectId: number) => ["comments", projectId] } as const;

/** A project's comments, page after page. */
export function useComments(projectId: number) {
  return useInfiniteQuery({
    queryKey: commentKeys.list(projectId),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/api/v1/projects/{id}/comments/", {
          params: { path: { id: projectId }, query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: nextCursor,
  });
}

/** Writes a comment; it stands at the end of the list when this is done. */
export function useAddComment(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (comment: { body: string; parent: number | null }) =>
      unwrap(
        api.POST("/api/v1/projects/{id}/comments/", {
          params: { path: { id: projectId } },
          body: comment,
        }),
      ),
    onSuccess: (comment) => {
      change(client, projectId, (pages) =>
        pages.map((page, index) =>
          index === pages.length - 1 ? { ...page, results: [...page.results, comment] } : page,
        ),
      );
      count(client, projectId, 1);
    },
  });
}

/** Changes a comment's text. */
export function useEditComment(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: number; body: string }) =>
      unwrap(api.PATCH("/api/v1/comments/{id}/", { params: { path: { id } }, body: { body } })),
    onSuccess: (comment) =>
      change(client, projectId, (pages) =>
        pages.map((page) => ({
          ...page,
          results: page.results.map((other) => (other.id === comment.id ? comment : other)),
        })),
      ),
  });
}

/** Deletes a comment; one with replies leaves its place. */
export function useDeleteComment(projectId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE("/api/v1/comments/{id}/", { params: { path: { id } } })),
    onSuccess: (_nothing, id) => {
      change(client, projectId, (pages) =>
        pages.map((page) => ({ ...page, results: page.results.filter((one) => one.id !== id) })),
      );
      count(client, projectId, -1);
      void client.invalidateQueries({ queryKey: commentKeys.list(projectId) });
    },
  });
}

function change(
  client: QueryClient,
  projectId: number,
  pages: (pages: Page<Comment>[]) => Page<Comment>[],
): void {
  client.setQueryData<Comments>(
    commentKeys.list(projectId),
    (data) => data && { ...data, pages: pages(data.pages) },
  );
}

function count(client: QueryClient, projectId: number, by: number): void {
  client.setQueryData<Project>(
    projectKeys.detail(projectId),
    (project) => project && { ...project, comment_count: project.comment_count + by },
  );
}
