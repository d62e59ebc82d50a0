import { beforeEach, expect, it, vi } from "vitest";

const token = (seconds: number) =>
  `x.${btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds }))}.y`;
const answer = (status: number, body: unknown = {}) =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));
const fetched = vi.fn<typeof fetch>();

/** The module as a page that has just been opened has it. */
async function fresh(signedInBefore: boolean) {
  vi.resetModules();
  localStorage.clear();
  if (signedInBefore) localStorage.setItem("sidepro.signed-in", "1");
  return import("./session");
}

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

it("asks the server nothing for a visitor", async () => {
  const session = await fresh(false);
  expect(await session.getAccessToken()).toBeNull();
  expect(session.sessionState()).toBe("out");
  expect(fetched).not.toHaveBeenCalled();
});

it("refreshes once for all requests that wait, and keeps no token in storage", async () => {
  const session = await fresh(true);
  const access = token(600);
  fetched.mockImplementation(() => answer(200, { access }));
  const tokens = await Promise.all([session.getAccessToken(), session.getAccessToken()]);
  expect(tokens).toEqual([access, access]);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(await session.getAccessToken()).toBe(access);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(JSON.stringify({ ...localStorage })).not.toContain(access);
});

it("refreshes a token that is about to end", async () => {
  const session = await fresh(true);
  session.signedIn(token(5));
  const next = token(600);
  fetched.mockImplementation(() => answer(200, { access: next }));
  expect(await session.getAccessToken()).toBe(next);
});

it("signs out when the refresh is refused, and does not ask again", async () => {
  const session = await fresh(true);
  fetched.mockImplementation(() => answer(401));
  expect(await session.getAccessToken()).toBeNull();
  expect(session.sessionState()).toBe("out");
  expect(await session.getAccessToken()).toBeNull();
  expect(fetched).toHaveBeenCalledTimes(1);
});

it("stays signed in while the server is down", async () => {
  const session = await fresh(true);
  fetched.mockRejectedValue(new TypeError("network"));
  expect(await session.getAccessToken()).toBeNull();
  expect(session.sessionState()).toBe("unknown");
  const access = token(600);
  fetched.mockImplementation(() => answer(200, { access }));
  expect(await session.getAccessToken()).toBe(access);
});

it("keeps nothing for the next person in any tab after a log-out", async () => {
  const assign = vi.fn();
  vi.stubGlobal("location", { ...window.location, assign });
  const [here, there] = [await fresh(true), await fresh(true)];
  fetched.mockImplementation(() => answer(200));
  for (const tab of [here, there]) tab.signedIn(token(600));
  localStorage.setItem("sidepro.account.1.draft.x", "mine");
  await here.signOut();
  expect([here.sessionState(), localStorage.length]).toEqual(["out", 0]);
  localStorage.setItem("sidepro.account.1.draft.x", "typed before the other tab heard of it");
  await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/"));
  expect([there.sessionState(), localStorage.length]).toEqual(["out", 0]);
  vi.unstubAllGlobals();
});
