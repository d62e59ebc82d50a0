import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { projectQuery, projectsQuery } from "@/api/projects";
import { userQuery } from "@/api/users";
import { filterOf, readQuery } from "@/features/board/query";
import { LIVE } from "@/features/landing/live";
import { forgetPageHead, takePageData } from "./pageData";

let client: QueryClient;

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000 } } });
});

afterEach(() => {
  document.head.innerHTML = "";
  document.body.innerHTML = "";
});

function bring(data: object): void {
  document.body.innerHTML = '<script type="application/json" id="page-data"></script>';
  const [script] = document.getElementsByTagName("script");
  if (script) script.textContent = JSON.stringify(data);
}

const page = { results: [{ id: 7 }], next: null, previous: null };

test("lists are in the cache as the screens ask for them", () => {
  const board = filterOf(readQuery(new URLSearchParams()));
  bring({
    lists: [
      { filter: { ordering: "trending", page_size: 8 }, page },
      { filter: { page_size: 12, ordering: "newest" }, page },
    ],
  });
  expect(takePageData(client, "/", false)).toBe(true);
  for (const filter of [LIVE, board]) {
    const found = client.getQueryData(projectsQuery(filter).queryKey);
    expect(found?.pages).toEqual([page]);
    expect(client.getQueryState(projectsQuery(filter).queryKey)?.dataUpdatedAt).toBeGreaterThan(0);
  }
});

test("a person's page knows them by the nickname in the address", () => {
  bring({ user: { username: "\uBD80\uC5C9\uC774" } });
  takePageData(client, "/users/%EB%B6%80%EC%97%89%EC%9D%B4", false);
  expect(client.getQueryData(userQuery("\uBD80\uC5C9\uC774").queryKey)).toBeTruthy();
});

test.each([
  [false, { project: { id: 7 } }, projectQuery(7).queryKey],
  [true, { lists: [{ filter: LIVE, page }] }, projectsQuery(LIVE).queryKey],
])(
  "signed in %s: what is mine, and a view, is asked for afterwards",
  async (signedIn, data, key) => {
    bring(data);
    takePageData(client, "/projects/7", signedIn);
    const asked = vi.fn().mockResolvedValue({});
    const stop = new QueryObserver(client, { queryKey: key, queryFn: asked }).subscribe(() => {});
    expect(client.getQueryData(key)).toBeTruthy();
    expect(asked).toHaveBeenCalledOnce();
    stop();
  },
);

test("a page that brought nothing changes nothing", () => {
  expect(takePageData(client, "/", false)).toBe(false);
});

test("the next screen is not shared as the first one", () => {
  document.head.innerHTML =
    '<link rel="canonical" href="/a"><meta property="og:url" content="/a"><link rel="icon">' +
    '<script type="application/ld+json">{}</script><script src="/head.js"></script>';
  forgetPageHead();
  const left = [...document.head.children].map((element) => element.outerHTML);
  expect(left).toEqual(['<link rel="icon">', '<script src="/head.js"></script>']);
});
