import type { ProjectFilter } from "@/api/projects";

/** The projects that the first page shows. */
export const LIVE: ProjectFilter = { ordering: "trending", page_size: 8 };
