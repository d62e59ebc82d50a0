import { render } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, expect, it, vi } from "vitest";
import { useReadByLink } from "./useReadByLink";

const mutate = vi.hoisted(() => vi.fn());
vi.mock("@/api/notifications", () => ({ useMarkRead: () => ({ mutate }) }));

afterEach(() => {
  mutate.mockClear();
  vi.unstubAllGlobals();
});

function Reader() {
  useReadByLink();
  return null;
}

async function open(address: string): Promise<string> {
  const router = createMemoryRouter([{ path: "*", element: <Reader /> }], {
    initialEntries: [address],
  });
  render(<RouterProvider router={router} />);
  await vi.waitFor(() => expect(router.state.navigation.state).toBe("idle"));
  const { pathname, search, hash } = router.state.location;
  return pathname + search + hash;
}

it("marks what the link was about as read, once, and keeps the place", async () => {
  expect(await open("/projects/7?n=12#comment-3")).toBe("/projects/7#comment-3");
  expect(mutate.mock.calls).toEqual([[[12]]]);
  expect(await open("/projects?following=1&n=5")).toBe("/projects?following=1");
});

it.each(["/projects/7", "/projects/7?n=x", "/projects/7?n=-1", "/projects/7?n=1e999"])(
  "marks nothing at %s",
  async (address) => {
    expect(await open(address)).toBe(address);
    expect(mutate).not.toHaveBeenCalled();
  },
);

it("marks what a clicked push was about, where its page was open already", async () => {
  const worker = new EventTarget();
  vi.stubGlobal("navigator", { serviceWorker: worker });
  await open("/projects/7");
  for (const data of [{ read: 12 }, { read: 0 }, { read: "x" }, null, {}]) {
    worker.dispatchEvent(new MessageEvent("message", { data }));
  }
  expect(mutate.mock.calls).toEqual([[[12]]]);
});
