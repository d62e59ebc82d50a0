import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { signedIn, signedOut } from "@/auth/session";
import i18n from "@/i18n";
import { ReportButton } from "./ReportButton";

vi.setConfig({ testTimeout: 30_000 });

const DIALOG = "./ReportDialog";
const button = () => screen.getByRole("button", { name: i18n.t("safety:report.action") });
const dialog = () => screen.findByRole("dialog", {}, { timeout: 15_000 });

/** Stands for the dialog, which the browser tests try. */
function ReportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return opened ? (
    <div role="dialog">
      <button type="button" onClick={onClose}>
        x
      </button>
    </div>
  ) : null;
}

beforeEach(async () => {
  signedIn("a.e30.c");
  await i18n.loadNamespaces("safety");
  const page = <ReportButton reported={{ kind: "project", id: "7", author: "minji" }} />;
  const router = createMemoryRouter([
    { path: "/", element: page },
    { path: "/login", element: <h1>log in</h1> },
  ]);
  render(
    <MantineProvider>
      <RouterProvider router={router} />
    </MantineProvider>,
  );
});
afterEach(() => {
  cleanup();
  vi.doUnmock(DIALOG);
  vi.resetModules();
});

/** The dialog's file, which comes when the test says so. */
function file() {
  let come = () => {};
  let fail = () => {};
  const arrival = new Promise<object>((resolve, reject) => {
    come = () => resolve({ ReportDialog });
    fail = () => reject(new TypeError("Failed to fetch dynamically imported module"));
  });
  arrival.catch(() => {}); // it may fail before Vitest has come to ask for it
  const read = vi.fn(() => arrival);
  vi.doMock(DIALOG, read);
  return { read, come, fail };
}

it("reads the dialog when it is pressed, once, is busy so long, and keeps the focus", async () => {
  const { read, come } = file();
  expect(read).not.toHaveBeenCalled();
  await userEvent.click(button());
  expect(button()).toHaveAttribute("aria-busy", "true");
  expect(button()).toHaveFocus();
  await userEvent.click(button());
  come();
  await dialog();
  expect(button()).toHaveAttribute("aria-busy", "false");
  expect(read).toHaveBeenCalledOnce();
});

it("gives the focus back, also when it is opened again", async () => {
  file().come();
  for (const _ of [1, 2]) {
    await userEvent.click(button());
    await dialog();
    await userEvent.click(screen.getByText("x"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(button()).toHaveFocus();
  }
});

it("says when the dialog does not come, and tries again", async () => {
  const { fail } = file();
  await userEvent.click(button());
  fail();
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(i18n.t("missing.text"));
  expect(button()).toHaveFocus();
  file().come();
  await userEvent.click(button());
  await dialog();
  expect(screen.queryByRole("alert")).toBeNull();
});

it("sends visitors to the log-in page and reads nothing", async () => {
  signedOut();
  const { read } = file();
  await userEvent.click(button());
  await screen.findByRole("heading", { name: "log in" });
  expect(read).not.toHaveBeenCalled();
});
