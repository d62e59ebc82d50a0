import { beforeEach, expect, test, vi } from "vitest";
import { bringFonts } from "./fonts";

vi.mock("pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css", () => ({}));

const { dataset } = document.documentElement;

beforeEach(() => {
  localStorage.clear();
  delete dataset.fonts;
  const load = vi.fn().mockResolvedValue([]);
  Object.defineProperty(document, "fonts", { value: { load }, configurable: true });
});

test("at a first visit nothing is fetched until the visitor does something", async () => {
  bringFonts(vi.fn());
  await new Promise((done) => setTimeout(done, 20));
  expect(document.fonts.load).not.toHaveBeenCalled();
  window.dispatchEvent(new Event("scroll"));
  await vi.waitFor(() => expect(document.fonts.load).toHaveBeenCalledOnce());
  window.dispatchEvent(new Event("keydown"));
  expect(document.fonts.load).toHaveBeenCalledOnce();
});

test("at a first visit the letters change with the next screen, not on the one being read", async () => {
  const nextScreen = vi.fn();
  bringFonts(nextScreen);
  window.dispatchEvent(new Event("pointerdown"));
  await vi.waitFor(() => expect(nextScreen).toHaveBeenCalledOnce());
  expect(dataset.fonts).toBeUndefined();
  nextScreen.mock.calls[0]?.[0]();
  expect(dataset.fonts).toBe("ready");
});

test("a visitor who was here before has them at once", async () => {
  localStorage.setItem("sidepro.fonts", "1");
  bringFonts(vi.fn());
  await vi.waitFor(() => expect(dataset.fonts).toBe("ready"));
});
