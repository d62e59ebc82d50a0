import type { DraftCard } from "@/api/drafts";
import type { DraftKey, Unsent } from "./unsent";

const EXCERPT_LENGTH = 100;

/** A draft as the list shows it. */
export interface ListedDraft {
  id: string;
  project: number | null;
  title: string;
  excerpt: string;
  at: string;
  /** The server does not have what this browser has. */
  isOnlyHere: boolean;
}

/**
 * The drafts that one may go on with instead of the current one: the server's, and what only this
 * browser has, changed last first. Where a project is edited, only those that change it.
 */
export function listedDrafts(
  saved: DraftCard[],
  unsent: [string, Unsent][],
  current: DraftKey,
): ListedDraft[] {
  const here = new Map(
    unsent.map(([id, { draft, project, savedAt }]) => [
      id,
      {
        ...{ id, project, title: draft.title, isOnlyHere: true },
        excerpt: draft.content.slice(0, EXCERPT_LENGTH),
        at: new Date(savedAt).toISOString(),
      },
    ]),
  );
  const there = saved
    .filter(({ id }) => !here.has(id))
    .map(({ updated_at, ...card }) => ({ ...card, at: updated_at, isOnlyHere: false }));
  return [...here.values(), ...there]
    .filter(({ id }) => id !== current.id)
    .filter(({ project }) => current.project === null || project === current.project)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
