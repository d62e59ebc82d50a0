import { afterEach, expect, it, vi } from "vitest";
import { dropDraft, EMPTY, keepDraft, readDraft, sameDraft } from "./draft";

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

it("keeps drafts apart by name until they are dropped", () => {
  keepDraft(1, "new", { ...EMPTY, title: "A" });
  keepDraft(1, "7", { ...EMPTY, title: "B" });
  expect(readDraft(1, "new")?.draft.title).toBe("A");
  dropDraft(1, "new");
  expect(readDraft(1, "new")).toBeNull();
  expect(readDraft(1, "7")?.draft.title).toBe("B");
});

it("survives what is not a draft and fills in what an older one lacks", () => {
  localStorage.setItem("sidepro.account.1.draft.new", "{broken");
  expect(readDraft(1, "new")).toBeNull();
  localStorage.setItem("sidepro.account.1.draft.new", '{"draft":{"title":"A"},"savedAt":1}');
  expect(readDraft(1, "new")?.draft).toEqual({ ...EMPTY, title: "A" });
});

it("says when the browser has no room instead of pretending", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(keepDraft(1, "new", EMPTY)).toBeNull();
});

it("knows whether anything was changed", () => {
  expect(sameDraft(EMPTY, { ...EMPTY })).toBe(true);
  expect(sameDraft(EMPTY, { ...EMPTY, skills: ["Go"] })).toBe(false);
});

it("belongs to one account, and remembers what it was begun from", () => {
  keepDraft(1, "7", { ...EMPTY, title: "A" }, 3);
  expect(readDraft(2, "7")).toBeNull();
  expect(readDraft(1, "7")?.version).toBe(3);
});
