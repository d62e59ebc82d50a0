import { afterEach, expect, test, vi } from "vitest";
import script from "../../public/early.js?raw";
import { filterOf, readQuery } from "../features/board/query";
import { LIVE } from "../features/landing/live";
import { api, unwrap } from "./client";

// Node's Request takes whole addresses only.
vi.mock("./base", () => ({ apiBase: window.location.origin }));

const answer = { results: [{ id: 7, thumbnail_card: "/media/a.webp" }], next: null };
const pictures: string[] = [];

function visit(path: string) {
  const fetched = vi.fn((_: unknown) => Promise.resolve(Response.json(answer)));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  vi.stubGlobal(
    "Image",
    class {
      set src(address: string) {
        pictures.push(address);
      }
    },
  );
  window.history.replaceState(null, "", path);
  new Function(script)();
  return fetched;
}

const board = (search = "") => filterOf(readQuery(new URLSearchParams(search)));
const list = (filter: object) =>
  unwrap(api.GET("/api/v1/projects/", { params: { query: { ...filter } } }));

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  pictures.length = 0;
  delete window.sideproEarly;
});

test.each([
  ["/", () => list(LIVE)],
  ["/projects", () => list(board())],
  ["/projects/7", () => unwrap(api.GET("/api/v1/projects/{id}/", { params: { path: { id: 7 } } }))],
])("at %s the first request of the screen is the one made early", async (path, ask) => {
  const fetched = visit(path);
  expect(fetched).toHaveBeenCalledOnce();
  expect(await ask()).toEqual(answer);
  expect(fetched).toHaveBeenCalledOnce();
  await ask();
  expect(fetched).toHaveBeenCalledTimes(2);
});

test.each(["/projects?search=owl", "/projects/new", "/projects/07", "/login", "/users/a"])(
  "at %s nothing is asked for early",
  (path) => expect(visit(path)).not.toHaveBeenCalled(),
);

test("whoever is signed in asks with a token, later", () => {
  localStorage.setItem("sidepro.signed-in", "1");
  expect(visit("/projects")).not.toHaveBeenCalled();
});

test("the first cover is brought along", async () => {
  visit("/projects");
  await vi.waitFor(() => expect(pictures).toEqual(["/media/a.webp"]));
});
