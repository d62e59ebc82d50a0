import { afterEach, expect, it, vi } from "vitest";
import { forgetKept, keep, readKept } from "./accountStorage";

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

it("keeps each account's texts apart", () => {
  keep(1, "chat.room", "mine");
  expect(readKept(1, "chat.room")).toBe("mine");
  expect(readKept(2, "chat.room")).toBeNull();
  keep(1, "chat.room", "");
  expect(readKept(1, "chat.room")).toBeNull();
});

it("forgets everything at a log-out, and only that", () => {
  localStorage.setItem("sidepro.language", "en");
  keep(1, "a", "x");
  keep(22, "b", "y");
  forgetKept();
  expect(Object.keys(localStorage)).toEqual(["sidepro.language"]);
});

it("says so when the browser has no room", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(keep(1, "a", "x")).toBe(false);
});
