import { afterEach, expect, test, vi } from "vitest";
import { answerFrom } from "@/api/client";
import { queryClient } from "@/app/queryClient";
import script from "../../../public/early.js?raw";
import { takeEarlyAnswer } from "./earlyAnswer";
import { prepareFirstScreen } from "./firstScreen";

answerFrom(takeEarlyAnswer);

// Node's Request takes whole addresses only.
vi.mock("@/api/base", () => ({ apiBase: window.location.origin }));

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

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  queryClient.clear();
  pictures.length = 0;
  delete window.sideproEarly;
});

test.each(["/", "/projects", "/projects/7"])(
  "at %s the first request of the screen is the one made early",
  async (path) => {
    const fetched = visit(path);
    expect(fetched).toHaveBeenCalledOnce();
    await prepareFirstScreen(window.location, 1000);
    const [asked, ...others] = queryClient.getQueryCache().getAll();
    expect(others).toEqual([]);
    expect(JSON.stringify(asked?.state.data)).toContain(JSON.stringify(answer));
    expect(fetched).toHaveBeenCalledOnce();
    await queryClient.refetchQueries();
    expect(fetched).toHaveBeenCalledTimes(2);
  },
);

test.each(["/projects?search=owl", "/projects/new", "/projects/07", "/login", "/users/a"])(
  "at %s nothing is asked for early",
  (path) => expect(visit(path)).not.toHaveBeenCalled(),
);

test("a person who is signed in asks with a token, later", () => {
  localStorage.setItem("sidepro.signed-in", "1");
  expect(visit("/projects")).not.toHaveBeenCalled();
});

test("the first cover is brought along", async () => {
  visit("/projects");
  await vi.waitFor(() => expect(pictures).toEqual(["/media/a.webp"]));
});
