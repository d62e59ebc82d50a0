/**
 * What this browser keeps of drafts: exactly what the server has not confirmed yet, so that a tab
 * may be closed and a server may be away. What is saved there is not kept here. The list of drafts
 * is made of both.
 */
import type { DraftCard } from "@/api/drafts";
import { keep, keptNames, readKept } from "@/auth/accountStorage";
import { type Draft, EMPTY } from "./draft";

/** Which draft of whose: it changes a project, or is to be a new one (null). */
export interface DraftKey {
  accountId: number;
  id: string;
  project: number | null;
}

/** A text that the server does not have. */
export interface Unsent {
  draft: Draft;
  savedAt: number;
  project: number | null;
  /** The version of the project's text that it was begun from. */
  version: number | null;
  /** When the server's copy that it goes on with was saved; null where the server had none. */
  seen: string | null;
  /** What was sent and not answered: when the server has this, it has it from here. */
  tried: Draft[];
}

const PREFIX = "draft.";
const EXCERPT_LENGTH = 100;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a part of an address is a draft's id. */
export function isDraftId(id: string | null): id is string {
  return id !== null && UUID.test(id);
}

/** The page that writes a draft; without one, a new draft. */
export function draftPath(project: number | null | undefined, id?: string): string {
  return (project ? `/projects/${project}/edit` : "/projects/new") + (id ? `?draft=${id}` : "");
}

/** What is kept of a draft; null where the server has it all. */
export function readUnsent(accountId: number, id: string): Unsent | null {
  try {
    const kept = JSON.parse(readKept(accountId, PREFIX + id) ?? "null") as Unsent | null;
    if (!kept) return null;
    const begun = { savedAt: 0, project: null, version: null, seen: null, tried: [] };
    return { ...begun, ...kept, draft: { ...EMPTY, ...kept.draft } };
  } catch {
    // What another program wrote under our key is no draft.
    return null;
  }
}

/** Keep a text until the server has it. False where the browser has no room for it. */
export function keepUnsent(accountId: number, id: string, unsent: Unsent): boolean {
  return keep(accountId, PREFIX + id, JSON.stringify(unsent));
}

/** The server has it, or it is not wanted any more: keep nothing. With a time, only what is kept since then. */
export function dropUnsent(accountId: number, id: string, keptAt?: number): void {
  // Another tab that took over may have kept something newer.
  if (keptAt !== undefined && readUnsent(accountId, id)?.savedAt !== keptAt) return;
  keep(accountId, PREFIX + id, "");
}

/** Everything of this account that the server does not have, by its id, changed last first. */
export function allUnsent(accountId: number): [string, Unsent][] {
  return keptNames(accountId, PREFIX)
    .map((name) => name.slice(PREFIX.length))
    .filter(isDraftId)
    .flatMap((id): [string, Unsent][] => {
      const unsent = readUnsent(accountId, id);
      return unsent ? [[id, unsent]] : [];
    })
    .sort(([, a], [, b]) => b.savedAt - a.savedAt);
}

/**
 * Give what an earlier version of this page kept, under `new` or a project's number, an id of its
 * own. Each is found once; where there is no room, it stays for the next time.
 */
export function adoptOldDrafts(accountId: number): void {
  for (const name of keptNames(accountId, PREFIX)) {
    const old = name.slice(PREFIX.length);
    if (old !== "new" && !/^\d+$/.test(old)) continue;
    const kept = readUnsent(accountId, old);
    const project = old === "new" ? null : Number(old);
    keep(accountId, name, "");
    if (kept && !keepUnsent(accountId, crypto.randomUUID(), { ...kept, project })) {
      keepUnsent(accountId, old, kept);
    }
  }
}

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
