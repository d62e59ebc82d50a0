import { isId, projectQuery, projectsQuery } from "@/api/projects";
import { queryClient } from "@/app/queryClient";
import { filterOf, readQuery } from "@/features/board/query";
import { LIVE } from "@/features/landing/live";

/**
 * Ask for what the screen at this address shows, where the page brought no data along. Resolves
 * when it is there, or after `patience` milliseconds: a first screen with data needs no skeleton.
 */
export async function prepareFirstScreen(
  { pathname, search }: Location,
  patience: number,
): Promise<void> {
  const waited = new Promise<void>((done) => setTimeout(done, patience));
  await Promise.race([asked(pathname, search), waited]);
}

async function asked(pathname: string, search: string): Promise<void> {
  if (pathname === "/") return queryClient.prefetchInfiniteQuery(projectsQuery(LIVE));
  if (pathname === "/projects") {
    const filter = filterOf(readQuery(new URLSearchParams(search)));
    return queryClient.prefetchInfiniteQuery(projectsQuery(filter));
  }
  const id = Number(/^\/projects\/(\d+)$/.exec(pathname)?.[1]);
  if (isId(id)) return queryClient.prefetchQuery(projectQuery(id));
}
