import type { PeopleFilter } from "@/api/users";
import { MEET_TIMES, REGIONS } from "@/components/person/profile/choices";

/** Whom the page of people looks for, as its address says it. */
export interface PeopleQuery {
  skills: string[];
  region: PeopleFilter["region"] | undefined;
  time: PeopleFilter["meet_time"] | undefined;
  open: boolean;
  search: string;
}

/** Read the address; what it does not know is left out. */
export function readQuery(search: URLSearchParams): PeopleQuery {
  const skills = (search.get("skills") ?? "").split(",").filter(Boolean);
  return {
    skills: [...new Set(skills)],
    region: REGIONS.find((region) => region === search.get("region")),
    time: MEET_TIMES.find((time) => time === search.get("meet_time")),
    open: search.get("open") === "1",
    search: search.get("search")?.trim() ?? "",
  };
}

/** The address of a query; what is as usual does not stand in it. */
export function writeQuery({ skills, region, time, open, search }: PeopleQuery): URLSearchParams {
  return new URLSearchParams({
    ...(search && { search }),
    ...(skills.length && { skills: skills.join(",") }),
    ...(region && { region }),
    ...(time && { meet_time: time }),
    ...(open && { open: "1" }),
  });
}

/** The same for the API. */
export function filterOf({ skills, region, time, open, search }: PeopleQuery): PeopleFilter {
  return {
    ...(search && { search }),
    ...(skills.length && { skills: skills.join(",") }),
    ...(region && { region }),
    ...(time && { meet_time: time }),
    ...(open && { open }),
  };
}
