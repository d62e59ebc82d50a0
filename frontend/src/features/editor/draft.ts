import type { ProjectDraft } from "@/api/types";
import { keep, readKept } from "@/auth/accountStorage";

/** What one writes; the same fields as the API's. */
export type Draft = Required<
  Pick<
    ProjectDraft,
    "title" | "summary" | "content" | "github_url" | "demo_url" | "stage" | "skills"
  >
> & { thumbnail: string | null };

export const EMPTY: Draft = {
  title: "",
  summary: "",
  content: "",
  github_url: "",
  demo_url: "",
  stage: "building",
  skills: [],
  thumbnail: null,
};

interface Kept {
  draft: Draft;
  savedAt: number;
  /** The version of the published text that it was begun from; none for a new one. */
  version?: number | undefined;
}

const nameOf = (name: string) => `draft.${name}`;

/** My draft kept in this browser under a name (`new`, or a project's id); null when none is. */
export function readDraft(accountId: number, name: string): Kept | null {
  try {
    const kept = JSON.parse(readKept(accountId, nameOf(name)) ?? "null") as Kept | null;
    return kept && { ...kept, draft: { ...EMPTY, ...kept.draft } };
  } catch {
    // What another program wrote under our key is no draft.
    return null;
  }
}

/** Keep a draft; tells when it was kept, or null where the browser has no room for it. */
export function keepDraft(
  accountId: number,
  name: string,
  draft: Draft,
  version?: number,
): number | null {
  const kept: Kept = { draft, savedAt: Date.now(), version };
  return keep(accountId, nameOf(name), JSON.stringify(kept)) ? kept.savedAt : null;
}

/** Forget a draft: it was published or thrown away. */
export function dropDraft(accountId: number, name: string): void {
  keep(accountId, nameOf(name), "");
}

/** Whether two drafts say the same. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return JSON.stringify({ ...EMPTY, ...a }) === JSON.stringify({ ...EMPTY, ...b });
}
