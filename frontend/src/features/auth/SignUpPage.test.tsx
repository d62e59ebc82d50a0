import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { expect, it, vi } from "vitest";
import { signUp, TERMS_VERSION } from "@/api/auth";
import i18n from "@/i18n";
import { SignUpPage } from "./SignUpPage";

vi.mock("@/api/auth", async (original) => ({ ...(await original<object>()), signUp: vi.fn() }));
vi.mock("./useAvailability", () => ({ useAvailability: () => "free" }));

it("says what one agrees to, and keeps which version of it was on the page", async () => {
  await i18n.loadNamespaces("auth");
  const router = createMemoryRouter([{ path: "*", element: <SignUpPage /> }]);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  const type = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(i18n.t(label)), { target: { value } });
  const links = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(links).toEqual(expect.arrayContaining(["/terms", "/privacy"]));
  type("auth:email", "night@owl.kr");
  type("auth:username", "owl");
  type("auth:password", "correct-horse-battery");
  fireEvent.click(screen.getByRole("button", { name: i18n.t("auth:signUp.action") }));
  expect(signUp).toHaveBeenCalledWith(
    expect.objectContaining({ email: "night@owl.kr", terms_version: TERMS_VERSION }),
  );
});
