/** My drafts: what an editor holds and has not published, on the server. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./http/client";
import { isApiError } from "./http/errors";
import type { components } from "./http/schema";

type Schemas = components["schemas"];

export type SavedDraft = Schemas["Draft"];
export type DraftCard = Schemas["DraftCard"];

const MOST = 50;
const ANSWER_WITHIN_MS = 20_000;
// A browser sends no more than 64 KiB of all that outlives its page; a letter is up to 3 bytes.
const OUTLIVES_PAGE_MOST = 20_000;

/** The keys under which the cache holds drafts: each account's apart. */
export const draftKeys = {
  list: (accountId: number) => ["drafts", accountId, "list"],
  detail: (accountId: number, id: string) => ["drafts", accountId, "detail", id],
} as const;

/** All drafts of mine, changed last first. */
export function draftsQuery(accountId: number) {
  return queryOptions({
    queryKey: draftKeys.list(accountId),
    queryFn: async ({ signal }) => {
      const query = { page_size: MOST };
      return (await unwrap(api.GET("/api/v1/drafts/", { params: { query }, signal }))).results;
    },
    staleTime: 0,
  });
}

/** One draft as the server has it when an editor opens it; null where it has none. */
export function draftQuery(accountId: number, id: string) {
  return queryOptions({
    queryKey: draftKeys.detail(accountId, id),
    queryFn: ({ signal }) => findDraft(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: "always",
    // Without a network it fails at once, and what is kept here is shown.
    networkMode: "always",
  });
}

/** One draft of mine; null where there is none. Throws ApiError. */
export async function findDraft(id: string, signal?: AbortSignal): Promise<SavedDraft | null> {
  const answered = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    return await unwrap(
      api.GET("/api/v1/drafts/{id}/", {
        params: { path: { id } },
        signal: signal ? AbortSignal.any([signal, answered]) : answered,
      }),
    );
  } catch (error) {
    if (isApiError(error, 404)) return null;
    throw error;
  }
}

/** Save a draft. Throws ApiError, 412 when another device has saved it since `body.seen`. */
export function putDraft(id: string, body: Schemas["DraftRequest"]): Promise<SavedDraft> {
  return unwrap(
    api.PUT("/api/v1/drafts/{id}/", {
      params: { path: { id } },
      body,
      keepalive: body.content.length < OUTLIVES_PAGE_MOST,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }),
  );
}

/** Delete a draft. Throws ApiError; one that is gone already is no error. */
export async function deleteDraft(id: string): Promise<void> {
  try {
    await unwrap(api.DELETE("/api/v1/drafts/{id}/", { params: { path: { id } } }));
  } catch (error) {
    if (!isApiError(error, 404)) throw error;
  }
}

/** Deletes a draft of the list. */
export function useDeleteDraft(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteDraft,
    onSuccess: () => client.invalidateQueries({ queryKey: draftKeys.list(accountId) }),
  });
}
