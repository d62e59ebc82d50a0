import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as api from "@/api/drafts";
import { ApiError } from "@/api/http/errors";
import { beginningOf, isOutdated } from "./beginning";
import { EMPTY } from "./draft";
import { DraftStore } from "./draftStore";
import { type DraftKey, keepUnsent, readUnsent } from "./unsent";

const KEY: DraftKey = {
  accountId: 1,
  id: "0b8e7c1e-4a1f-4b6e-9d0a-0e8a5b1c2d3e",
  project: null,
};
const NEW = { draft: EMPTY, version: null, at: null };

/** A server with at most this one draft, and a switch that turns it off. */
let there: api.SavedDraft | null;
let isAway: boolean;
let saves: number;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-27T10:00:00Z") });
  there = null;
  isAway = false;
  saves = 0;
  vi.spyOn(api, "findDraft").mockImplementation(async () => {
    if (isAway) throw new ApiError(0, "network", "");
    return there;
  });
  vi.spyOn(api, "putDraft").mockImplementation(async (id, { seen, ...body }) => {
    if (isAway) throw new ApiError(0, "network", "");
    if (there && there.updated_at !== seen) throw new ApiError(412, "outdated", "");
    return save({ ...body, id });
  });
  vi.spyOn(api, "deleteDraft").mockImplementation(async () => {
    if (isAway) throw new ApiError(0, "network", "");
    there = null;
  });
});

afterEach(() => {
  localStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function save(part: Partial<api.SavedDraft>): api.SavedDraft {
  saves += 1;
  const updated_at = new Date(Date.now() + saves).toISOString();
  there = { ...EMPTY, created_at: updated_at, ...there, ...part, updated_at, id: KEY.id };
  return there;
}

/** The editor of this browser, as it is opened now. */
function opened(key = KEY, original = NEW) {
  const unsent = readUnsent(key.accountId, key.id);
  const store = new DraftStore(key, original.draft, beginningOf(unsent, there, original));
  return { store, close: store.open() };
}

const place = (store: DraftStore) => store.getState().place;
const kept = () => readUnsent(1, KEY.id);

it("keeps a change here at once and on the server two seconds after the last one", async () => {
  const { store } = opened();
  expect(place(store)).toBe("none");
  store.change({ title: "부" });
  expect([place(store), kept()?.draft.title]).toEqual(["saving", "부"]);
  await vi.advanceTimersByTimeAsync(1900);
  store.change({ title: "부엉이" });
  await vi.advanceTimersByTimeAsync(1900);
  expect(there).toBeNull();
  await vi.advanceTimersByTimeAsync(200);
  expect(there).toMatchObject({ title: "부엉이", project: null });
  expect([place(store), kept()]).toEqual(["server", null]);
});

it("does not wait for a person who types without a rest", async () => {
  const { store } = opened();
  for (let second = 0; second < 12; second += 1) {
    store.change({ content: "가".repeat(second + 1) });
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(there?.content.length).toBeGreaterThan(8);
});

it("says that a text is only here while the server is away, and sends it later", async () => {
  const { store } = opened();
  isAway = true;
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  expect([place(store), kept()?.draft.title]).toEqual(["browser", "A"]);
  isAway = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect([place(store), there?.title]).toEqual(["server", "A"]);
});

it("says that a text is nowhere where the browser has no room and the server is away", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const { store } = opened();
  isAway = true;
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  expect(place(store)).toBe("nowhere");
});

it("sends again after each change what the server refused, and says why", async () => {
  const refused = new ApiError(400, "too_many_drafts", "50");
  vi.mocked(api.putDraft).mockRejectedValueOnce(refused);
  const { store } = opened();
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect([place(store), store.getState().problem]).toEqual(["browser", refused]);
  store.change({ title: "AB" });
  await vi.advanceTimersByTimeAsync(2000);
  expect([place(store), there?.title]).toEqual(["server", "AB"]);
});

it("goes on after a reload where it was, the server's text or what it lacks", async () => {
  const first = opened();
  first.store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  isAway = true;
  first.store.change({ title: "AB" });
  first.close();
  await vi.advanceTimersByTimeAsync(100);
  isAway = false;
  const second = opened();
  expect(second.store.getState().draft.title).toBe("AB");
  await vi.advanceTimersByTimeAsync(2000);
  expect([place(second.store), there?.title, kept()]).toEqual(["server", "AB", null]);
  expect(opened().store.getState()).toMatchObject({ draft: { title: "AB" }, place: "server" });
});

it("saves before it is closed", async () => {
  const { store, close } = opened();
  store.change({ title: "A" });
  close();
  await vi.advanceTimersByTimeAsync(0);
  expect([there?.title, kept()]).toEqual(["A", null]);
});

it("does not overwrite what another device has saved, and shows both", async () => {
  const { store } = opened();
  store.change({ title: "노트북" });
  await vi.advanceTimersByTimeAsync(2000);
  save({ title: "전화" });
  store.change({ title: "노트북에서 더" });
  await vi.advanceTimersByTimeAsync(2000);
  expect(there?.title).toBe("전화");
  expect(store.getState()).toMatchObject({ theirs: { title: "전화" }, place: "browser" });
  await store.keepMine();
  expect([place(store), there?.title]).toEqual(["server", "노트북에서 더"]);
});

it("takes what another device has saved where that is chosen", async () => {
  save({ title: "전화" });
  keepUnsent(1, KEY.id, {
    ...{ savedAt: 1, project: null, version: null, seen: "2026-01-01", tried: [] },
    draft: { ...EMPTY, title: "노트북" },
  });
  const { store } = opened();
  expect(store.getState()).toMatchObject({ draft: { title: "노트북" }, theirs: { title: "전화" } });
  store.takeTheirs();
  expect(store.getState()).toMatchObject({ draft: { title: "전화" }, theirs: null });
  expect([place(store), kept()]).toEqual(["server", null]);
});

it("takes its own text for its own when the answer was lost on the way", async () => {
  const { store, close } = opened();
  vi.mocked(api.putDraft).mockImplementationOnce(async (_id, body) => {
    save({ title: body.title });
    throw new ApiError(0, "network", "");
  });
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  expect(place(store)).toBe("browser");
  close();
  await vi.advanceTimersByTimeAsync(0);
  const again = opened().store;
  again.change({ title: "AB" });
  await vi.advanceTimersByTimeAsync(2000);
  expect(again.getState()).toMatchObject({ theirs: null, place: "server" });
  expect(there?.title).toBe("AB");
});

it("needs no draft for a text that says nothing more than what is published", async () => {
  const { store } = opened();
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  store.change({ title: "" });
  await vi.advanceTimersByTimeAsync(2000);
  expect([place(store), there, kept()]).toEqual(["none", null, null]);
});

it("leaves nothing after it was published, also not by a save that was under way", async () => {
  const { store, close } = opened();
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  store.change({ title: "AB" });
  void store.flush();
  const ended = store.end();
  close();
  await ended;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([there, kept()]).toEqual([null, null]);
});

it("leaves another device's text when it is published", async () => {
  const { store } = opened();
  store.change({ title: "A" });
  await vi.advanceTimersByTimeAsync(2000);
  save({ title: "전화" });
  await store.end();
  expect(there?.title).toBe("전화");
});

it("writes nothing more after another tab took over", async () => {
  const store = new DraftStore(KEY, EMPTY, beginningOf(null, null, NEW));
  const close = store.open(() => false);
  store.change({ title: "A" });
  close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([there, kept()?.draft.title]).toEqual([null, "A"]);
});

it("knows a draft that goes on from an older text than the published one", () => {
  const published = { draft: EMPTY, version: 3, at: "2026-11-20T00:00:00Z" };
  const begun = (version: number | null) =>
    beginningOf(null, { ...save({ title: "A" }), version }, published);
  expect([2, 3, null].map((version) => isOutdated(begun(version), published))).toEqual([
    true,
    false,
    false,
  ]);
});
