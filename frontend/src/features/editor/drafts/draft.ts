import type { SavedDraft } from "@/api/drafts";
import type { ProjectDraft, Stage } from "@/api/types";

/** A picture of the gallery, with what it shows in words. */
export interface DraftPicture {
  url: string;
  alt: string;
}

/** What one writes; the same fields as the API's. */
export type Draft = Required<
  Pick<
    ProjectDraft,
    "title" | "summary" | "content" | "github_url" | "demo_url" | "stage" | "skills"
  >
> & { thumbnail: string | null; pictures: DraftPicture[] };

export const EMPTY: Draft = {
  title: "",
  summary: "",
  content: "",
  github_url: "",
  demo_url: "",
  stage: "building",
  skills: [],
  thumbnail: null,
  pictures: [],
};

export const STAGES: Stage[] = ["idea", "building", "launched", "paused"];

type Saved = Partial<Pick<SavedDraft, Exclude<keyof Draft, "pictures">>> & {
  pictures?: { url: string; alt?: string }[];
};

/** What a draft of the server says, or a project; what it lacks is empty. */
export function draftOf(saved: Saved): Draft {
  return {
    title: saved.title ?? "",
    summary: saved.summary ?? "",
    content: saved.content ?? "",
    github_url: saved.github_url ?? "",
    demo_url: saved.demo_url ?? "",
    stage: STAGES.find((stage) => stage === saved.stage) ?? EMPTY.stage,
    skills: saved.skills ?? [],
    thumbnail: saved.thumbnail ?? null,
    pictures: (saved.pictures ?? []).map(({ url, alt = "" }) => ({ url, alt })),
  };
}

/** Whether two drafts say the same. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return JSON.stringify({ ...EMPTY, ...a }) === JSON.stringify({ ...EMPTY, ...b });
}
