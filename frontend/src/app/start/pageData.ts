import type { QueryClient } from "@tanstack/react-query";
import type { Page } from "@/api/http/pages";
import { type ProjectFilter, projectKeys } from "@/api/projects";
import { skillKeys } from "@/api/skills";
import type { Project, ProjectCard, PublicUser, SkillPage } from "@/api/types";
import { userKeys } from "@/api/users";

/** What the server writes into a page (sidepro/pages/screens.py): its first screen's data. */
interface PageData {
  project?: Project;
  user?: PublicUser;
  skill?: SkillPage;
  people?: Page<PublicUser>;
  lists?: { filter: ProjectFilter; page: Page<ProjectCard> }[];
}

/**
 * Put what the page brought along into the cache; false where it brought nothing. It is the same
 * for everybody: who is signed in asks again at once for what is theirs. So does every reader of a
 * project, which is what counts their view.
 */
export function takePageData(client: QueryClient, path: string, signedIn: boolean): boolean {
  const element = document.getElementById("page-data");
  if (!element?.textContent) return false;
  const data = JSON.parse(element.textContent) as PageData;
  element.remove();
  const fresh = signedIn ? { updatedAt: 0 } : {};
  if (data.project) {
    client.setQueryData(projectKeys.detail(data.project.id), data.project, { updatedAt: 0 });
  }
  const name = decodeURIComponent(path.split("/")[2] ?? "");
  if (data.user) client.setQueryData(userKeys.profile(name), data.user, fresh);
  if (data.skill) client.setQueryData(skillKeys.detail(name), data.skill);
  if (data.people) client.setQueryData(userKeys.people({}), listOf(data.people), fresh);
  for (const { filter, page } of data.lists ?? []) {
    client.setQueryData(projectKeys.list(filter), listOf(page), fresh);
  }
  return true;
}

function listOf<Item>(page: Page<Item>) {
  return { pages: [page], pageParams: [""] };
}

/** Take out of the head what described the page that was opened: the browser would share that one. */
export function forgetPageHead(): void {
  const described =
    'link[rel="canonical"], link[rel="alternate"], meta[property^="og:"], script[type="application/ld+json"]';
  for (const element of document.head.querySelectorAll(described)) element.remove();
}
