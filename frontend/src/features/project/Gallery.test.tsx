import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import i18n from "@/i18n";
import { Gallery } from "./Gallery";

vi.setConfig({ testTimeout: 30_000 });

const PICTURES = ["첫 화면", "", "설정"].map((alt, index) => ({
  url: `/media/${index}.webp`,
  card: `/media/${index}.card.webp`,
  alt,
  width: 800,
  height: 600,
}));

beforeEach(() => i18n.loadNamespaces("project"));
afterEach(cleanup);

const named = (key: string, values = {}) => i18n.t(`project:gallery.${key}`, values).trim();
const button = (name: string) => screen.getByRole("button", { name });
const opener = (number: number, alt: string) => button(named("open", { number, count: 3, alt }));

async function open(number: number, alt: string) {
  render(
    <MantineProvider>
      <Gallery pictures={PICTURES} />
    </MantineProvider>,
  );
  opener(number, alt).focus();
  fireEvent.click(opener(number, alt));
  // Its code is loaded first.
  const found = { timeout: 15_000 };
  return screen.findByRole("dialog", { name: named("number", { number, count: 3 }) }, found);
}

it("is not there without pictures", () => {
  render(
    <MantineProvider>
      <Gallery pictures={[]} />
    </MantineProvider>,
  );
  expect(screen.queryByRole("list")).toBeNull();
});

it("opens the picture that was chosen and goes on by arrow keys, to the ends and no further", async () => {
  const dialog = await open(2, "");
  expect(screen.getByRole("img").getAttribute("alt")).toBe(
    named("number", { number: 2, count: 3 }),
  );
  for (const [key, alt] of [
    ["ArrowRight", "설정"],
    ["ArrowRight", "설정"],
    ["Home", "첫 화면"],
    ["ArrowLeft", "첫 화면"],
    ["End", "설정"],
  ] as const) {
    fireEvent.keyDown(dialog, { key });
    expect(screen.getByRole("img", { name: alt })).toBeDefined();
    expect(screen.getByRole("status").textContent).toBe(alt);
  }
});

it("goes on by its buttons and follows a swipe", async () => {
  const dialog = await open(1, "첫 화면");
  expect(button(named("previous")).getAttribute("aria-disabled")).toBe("true");
  fireEvent.click(button(named("previous")));
  expect(screen.getByRole("img").getAttribute("src")).toBe("/media/0.webp");
  fireEvent.click(button(named("next")));
  expect(screen.getByRole("img").getAttribute("src")).toBe("/media/1.webp");
  const strip = dialog.querySelector("ul") as HTMLUListElement;
  Object.defineProperty(strip, "clientWidth", { value: 300 });
  strip.scrollLeft = 590;
  fireEvent.scroll(strip);
  expect(screen.getByRole("img", { name: "설정" })).toBeDefined();
});

it("closes by Escape and leads back to the picture that was opened", async () => {
  const dialog = await open(3, "설정");
  fireEvent.keyDown(dialog, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(opener(3, "설정")));
});
