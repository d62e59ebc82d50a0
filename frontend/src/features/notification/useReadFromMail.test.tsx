import { render } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, expect, it, vi } from "vitest";
import { useReadFromMail } from "./useReadFromMail";

const mutate = vi.hoisted(() => vi.fn());
vi.mock("@/api/notifications", () => ({ useMarkRead: () => ({ mutate }) }));

afterEach(() => mutate.mockClear());

function Reader() {
  useReadFromMail();
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

it("marks what the mail was about as read, once, and keeps the place", async () => {
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
