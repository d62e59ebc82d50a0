import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as drafts from "@/api/drafts";
import { api } from "@/api/http/client";
import { userKeys } from "@/api/users";
import { signedIn } from "@/auth/session";
import i18n from "@/i18n";
import { EMPTY } from "./drafts/draft";
import { allUnsent } from "./drafts/unsent";
import { NewProjectPage } from "./NewProjectPage";

// The whole page: 1 s alone, more where other tests run at once.
vi.setConfig({ testTimeout: 30_000 });
vi.mock("./text/MarkdownEditor", () => ({ MarkdownEditor: () => null }));

const AT = "2026-11-27T10:00:00Z";
const there = new Map<string, drafts.SavedDraft>();

beforeEach(async () => {
  await i18n.loadNamespaces("editor");
  signedIn("token");
  there.clear();
  const read = async (_path: string, { params }: { params: { path?: { id: string } } }) => {
    const data = params.path ? there.get(params.path.id) : { results: [] };
    const response = new Response(null, { status: data ? 200 : 404 });
    return { data, response };
  };
  vi.spyOn(api, "GET").mockImplementation(read as never);
  vi.spyOn(drafts, "putDraft").mockImplementation(async (id, { seen: _, ...body }) => {
    const saved = { ...EMPTY, ...body, id, created_at: AT, updated_at: AT };
    there.set(id, saved);
    return saved;
  });
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
});

/** The page as a browser opens it, with nothing in memory. */
function open(address: string) {
  const routes = [{ path: "/projects/new", element: <NewProjectPage /> }];
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const client = new QueryClient();
  client.setQueryData(userKeys.me, { id: 1 });
  client.setQueryData(drafts.draftKeys.list(1), []);
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}

const title = () =>
  screen.findByLabelText<HTMLInputElement>(i18n.t("editor:title"), {}, { timeout: 15_000 });
const addressOf = ({ state }: ReturnType<typeof open>) =>
  state.location.pathname + state.location.search;

it("opens for a fresh account, asks for nothing, and goes on after a reload", async () => {
  const router = open("/projects/new");
  fireEvent.change(await title(), { target: { value: "초안" } });
  expect(api.GET).not.toHaveBeenCalledWith("/api/v1/drafts/{id}/", expect.anything());
  expect(allUnsent(1)[0]?.[1].draft.title).toBe("초안");
  const address = addressOf(router);
  expect(address).toMatch(/\?draft=[\da-f-]{36}$/);
  act(cleanup);
  await waitFor(() => expect(there.size).toBe(1));
  expect(allUnsent(1)).toEqual([]);

  open(address);
  expect((await title()).value).toBe("초안");
});

it("begins a draft of its own where the address names one that is not there", async () => {
  const id = "0b8e7c1e-4a1f-4b6e-9d0a-0e8a5b1c2d3e";
  const router = open(`/projects/new?draft=${id}`);
  expect((await title()).value).toBe("");
  expect(addressOf(router)).not.toContain(id);
});

it("opens what is kept here while the server is away", async () => {
  const router = open("/projects/new");
  vi.mocked(drafts.putDraft).mockRejectedValue(new TypeError("network"));
  fireEvent.change(await title(), { target: { value: "초안" } });
  act(cleanup);
  vi.mocked(api.GET).mockRejectedValue(new TypeError("network"));
  open(addressOf(router));
  expect((await title()).value).toBe("초안");
});
