import { afterEach, expect, it, vi } from "vitest";
import { dropDraft, EMPTY, keepDraft, readDraft, sameDraft } from "./draft";

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

it("keeps drafts apart by name until they are dropped", () => {
  keepDraft("new", { ...EMPTY, title: "A" });
  keepDraft("7", { ...EMPTY, title: "B" });
  expect(readDraft("new")?.draft.title).toBe("A");
  dropDraft("new");
  expect(readDraft("new")).toBeNull();
  expect(readDraft("7")?.draft.title).toBe("B");
});

it("survives what is not a draft and fills in what an older one lacks", () => {
  localStorage.setItem("sidepro.draft.new", "{broken");
  expect(readDraft("new")).toBeNull();
  localStorage.setItem("sidepro.draft.new", '{"draft":{"title":"A"},"savedAt":1}');
  expect(readDraft("new")?.draft).toEqual({ ...EMPTY, title: "A" });
});

it("says when the browser has no room instead of pretending", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(keepDraft("new", EMPTY)).toBeNull();
});

it("knows whether anything was changed", () => {
  expect(sameDraft(EMPTY, { ...EMPTY })).toBe(true);
  expect(sameDraft(EMPTY, { ...EMPTY, skills: ["Go"] })).toBe(false);
});
