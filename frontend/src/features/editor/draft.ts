import type { ProjectDraft } from "@/api/types";

/** What one writes; the same fields as the API's. */
export type Draft = Required<
  Pick<ProjectDraft, "title" | "summary" | "content" | "github_url" | "skills">
> & { thumbnail: string | null };

export const EMPTY: Draft = {
  title: "",
  summary: "",
  content: "",
  github_url: "",
  skills: [],
  thumbnail: null,
};

interface Kept {
  draft: Draft;
  savedAt: number;
}

const keyOf = (name: string) => `sidepro.draft.${name}`;

/** The draft kept in this browser under a name (`new`, or a project's id); null when none is. */
export function readDraft(name: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null") as Kept | null;
    return kept && { draft: { ...EMPTY, ...kept.draft }, savedAt: kept.savedAt };
  } catch {
    // Somebody else's text under our key is no draft.
    return null;
  }
}

/** Keep a draft; tells when it was kept, or null where the browser has no room for it. */
export function keepDraft(name: string, draft: Draft): number | null {
  const savedAt = Date.now();
  try {
    localStorage.setItem(keyOf(name), JSON.stringify({ draft, savedAt }));
    return savedAt;
  } catch {
    return null;
  }
}

/** Forget a draft: it was published or thrown away. */
export function dropDraft(name: string): void {
  localStorage.removeItem(keyOf(name));
}

/** Whether two drafts say the same. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return JSON.stringify({ ...EMPTY, ...a }) === JSON.stringify({ ...EMPTY, ...b });
}
