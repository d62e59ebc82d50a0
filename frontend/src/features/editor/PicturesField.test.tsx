import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as images from "@/api/images";
import i18n from "@/i18n";
import type { DraftPicture } from "./drafts/draft";
import { PicturesField } from "./PicturesField";

let stored = 0;
let pictures: DraftPicture[] = [];

beforeEach(async () => {
  await i18n.loadNamespaces("editor");
  stored = 0;
  vi.spyOn(images, "uploadImage").mockImplementation(async () => {
    stored += 1;
    return { url: `/media/${stored}.webp`, width: 8, height: 8 };
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Editor({ begun }: { begun: string }) {
  const [value, setValue] = useState([...begun].map((url) => ({ url, alt: "" })));
  pictures = value;
  return <PicturesField value={value} error={undefined} onChange={setValue} />;
}

function open(begun = "") {
  return render(
    <MantineProvider>
      <Editor begun={begun} />
    </MantineProvider>,
  ).container;
}

const urls = () => pictures.map(({ url }) => url).join(" ");
const press = (key: string, number: number) =>
  fireEvent.click(
    screen.getByRole("button", { name: i18n.t(`editor:pictures.${key}`, { number }) }),
  );
const choose = (container: HTMLElement, count: number) =>
  fireEvent.change(container.querySelector("input[type=file]") as HTMLInputElement, {
    target: { files: Array.from({ length: count }, () => new File(["x"], "x.png")) },
  });

it("adds several pictures at once, up to six, and says that more do not fit", async () => {
  const container = open("abcd");
  choose(container, 3);
  await screen.findByText(i18n.t("editor:pictures.most", { count: 6 }));
  expect(urls()).toBe("a b c d /media/1.webp /media/2.webp");
  expect(images.uploadImage).toHaveBeenCalledTimes(2);
});

it("moves, describes and removes a picture", () => {
  open("abc");
  press("down", 1);
  expect(urls()).toBe("b a c");
  press("up", 3);
  expect(urls()).toBe("b c a");
  press("up", 1);
  press("down", 3);
  expect(urls()).toBe("b c a");
  fireEvent.change(
    screen.getByRole("textbox", { name: i18n.t("editor:pictures.alt", { number: 3 }) }),
    { target: { value: "첫 화면" } },
  );
  press("remove", 1);
  expect(pictures).toEqual([
    { url: "c", alt: "" },
    { url: "a", alt: "첫 화면" },
  ]);
  const list = screen.getByRole("list", { name: i18n.t("editor:pictures.label") });
  expect(within(list).getAllByRole("listitem")).toHaveLength(2);
});

it("keeps what arrived and says what went wrong with the rest", async () => {
  const container = open();
  vi.mocked(images.uploadImage).mockImplementation(async () => {
    if (stored) throw new TypeError("network");
    stored += 1;
    return { url: "/media/1.webp", width: 8, height: 8 };
  });
  choose(container, 2);
  await waitFor(() => expect(urls()).toBe("/media/1.webp"));
  await waitFor(() =>
    expect(screen.getByRole("status").textContent).not.toBe(i18n.t("editor:pictures.hint")),
  );
});
