import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { notify } from "@/components/feedback/notify";
import { ShareButton } from "./ShareButton";

vi.mock("@/components/feedback/notify", () => ({ notify: vi.fn() }));

const ADDRESS = `${window.location.origin}/projects/7`;
let press: () => Promise<void>;

beforeEach(() => {
  window.history.replaceState(null, "", "/projects/7?from=feed#comments");
  const user = userEvent.setup(); // with a clipboard
  render(
    <MantineProvider>
      <ShareButton title="부엉이" />
    </MantineProvider>,
  );
  press = () => user.click(screen.getByRole("button"));
});

afterEach(() => {
  Reflect.deleteProperty(navigator, "share");
  vi.restoreAllMocks();
  vi.mocked(notify).mockClear();
});

function shares(answer: () => Promise<void>) {
  const share = vi.fn(answer);
  Object.defineProperty(navigator, "share", { value: share, configurable: true });
  return share;
}

it("hands the page's own address to what the device shares with", async () => {
  const share = shares(async () => {});
  await press();
  expect(share).toHaveBeenCalledWith({ title: "부엉이", url: ADDRESS });
  expect(notify).not.toHaveBeenCalled();
});

it("copies the address and says so where the device shares nothing", async () => {
  await press();
  expect(await navigator.clipboard.readText()).toBe(ADDRESS);
  expect(vi.mocked(notify).mock.calls).toHaveLength(1);
});

it("copies nothing when one closes the device's sheet", async () => {
  shares(() => Promise.reject(new DOMException("", "AbortError")));
  await press();
  expect(notify).not.toHaveBeenCalled();
});

it("copies where the device refuses, and says when that fails as well", async () => {
  shares(() => Promise.reject(new DOMException("", "NotAllowedError")));
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error());
  await press();
  expect(notify).toHaveBeenCalledWith(expect.stringContaining(ADDRESS), "failed");
});
