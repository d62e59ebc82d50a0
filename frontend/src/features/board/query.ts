import type { ProjectFilter } from "@/api/projects";
import type { Stage } from "@/api/types";

export const ORDERINGS = ["newest", "trending", "popular", "views"] as const;
export const STAGES: Stage[] = ["idea", "building", "launched", "paused"];
export type Ordering = (typeof ORDERINGS)[number];

/** What the board shows, as its address says it. */
export interface BoardQuery {
  ordering: Ordering;
  skills: string[];
  matchAll: boolean;
  search: string;
  stage: Stage | null;
  /** Only what I follow. */
  following: boolean;
}

/** What a board shows without filters. */
export const EVERYTHING = {
  skills: [],
  matchAll: false,
  search: "",
  stage: null,
} satisfies Partial<BoardQuery>;

/** Read the address; what it does not know is left out. */
export function readQuery(search: URLSearchParams): BoardQuery {
  const ordering = ORDERINGS.find((name) => name === search.get("ordering")) ?? "newest";
  const skills = (search.get("skills") ?? "").split(",").filter(Boolean);
  return {
    ordering,
    skills: [...new Set(skills)],
    matchAll: search.get("skills_match") === "all",
    search: search.get("search")?.trim() ?? "",
    stage: STAGES.find((name) => name === search.get("stage")) ?? null,
    following: search.get("following") === "1",
  };
}

/** The address of a query; what is as usual does not stand in it. */
export function writeQuery(query: BoardQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (query.search) search.set("search", query.search);
  if (query.skills.length) search.set("skills", query.skills.join(","));
  if (query.skills.length > 1 && query.matchAll) search.set("skills_match", "all");
  if (query.stage) search.set("stage", query.stage);
  if (query.following) search.set("following", "1");
  if (query.ordering !== "newest") search.set("ordering", query.ordering);
  return search;
}

// Whole rows of two, three and four cards, and no more than a phone renders in a moment.
const PAGE = 12;

/** The same for the API. */
export function filterOf(query: BoardQuery): ProjectFilter {
  return {
    ordering: query.ordering,
    page_size: PAGE,
    ...(query.skills.length && { skills: query.skills.join(",") }),
    ...(query.skills.length > 1 && query.matchAll && { skills_match: "all" as const }),
    ...(query.search && { search: query.search }),
    ...(query.stage && { stage: query.stage }),
    ...(query.following && { following: true }),
  };
}

/** Whether the board shows less than everything. */
export function isFiltered(query: BoardQuery): boolean {
  return query.search !== "" || query.skills.length > 0 || query.stage !== null;
}
