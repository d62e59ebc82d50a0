import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import i18n from "@/i18n";
import { CrashPage } from "./CrashPage";

vi.setConfig({ testTimeout: 20_000 });
// It has been loaded again already: the page stays.
beforeEach(() => sessionStorage.setItem("sidepro.reloaded-at", String(Date.now())));

test.each([
  [new TypeError("Failed to fetch dynamically imported module: /assets/a.js"), "missing"],
  [new TypeError("Importing a module script failed."), "missing"],
  [new Error("Unable to preload CSS for /assets/a.css"), "missing"],
  [new TypeError("x is undefined"), "crash"],
  [new Error("no such import"), "crash"],
])("%s is told as %s", async (error, what) => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const loader = () => {
    throw error;
  };
  const router = createMemoryRouter([
    {
      path: "/",
      loader,
      errorElement: <CrashPage />,
      hydrateFallbackElement: <p />,
      element: <p />,
    },
  ]);
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const heading = await screen.findByRole("heading", { level: 1 }, { timeout: 10_000 });
  expect(heading).toHaveTextContent(i18n.t(`${what}.title`));
});
