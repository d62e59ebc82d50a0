import type { SavedDraft } from "@/api/drafts";
import { type Draft, draftOf, sameDraft } from "./draft";
import type { Unsent } from "./unsent";

/** What an editor begins with. */
export interface Beginning extends Omit<Unsent, "savedAt" | "project"> {
  savedAt: number | null;
  /** Whether the server lacks it. */
  isUnsent: boolean;
  /** What another device has saved in the meantime, where that differs. */
  theirs: SavedDraft | null;
}

/** What is published, and since when; a new project has neither version nor date. */
export interface Original {
  draft: Draft;
  version: number | null;
  at: string | null;
}

/**
 * What an editor begins with: what this browser has and the server does not, else what the server
 * has (undefined where it does not answer), else what is published. Where another device went on
 * in the meantime, both.
 */
export function beginningOf(
  unsent: Unsent | null,
  saved: SavedDraft | null | undefined,
  original: Original,
): Beginning {
  if (unsent) {
    const { project: _, ...mine } = unsent;
    // The page that kept it may send it once more as it closes.
    const tried = [...mine.tried, mine.draft];
    const begun = { ...mine, tried, isUnsent: true, theirs: null };
    if (saved === undefined) return begun;
    if (saved === null) return { ...begun, seen: null };
    const said = draftOf(saved);
    if (saved.updated_at === unsent.seen) return begun;
    if (tried.some((one) => sameDraft(one, said))) {
      return { ...begun, seen: saved.updated_at };
    }
    return { ...begun, theirs: saved };
  }
  const none = { seen: null, tried: [], savedAt: null, isUnsent: false, theirs: null };
  if (!saved) return { ...none, draft: original.draft, version: original.version };
  return {
    ...none,
    draft: draftOf(saved),
    version: saved.version ?? null,
    seen: saved.updated_at,
    savedAt: Date.parse(saved.updated_at),
  };
}

/** Whether a draft goes on from an older text than the published one. */
export function isOutdated({ version }: Beginning, original: Original): boolean {
  return version !== null && original.version !== null && version < original.version;
}
