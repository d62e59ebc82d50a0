import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter, Route, Routes, useLocation, useParams } from "react-router";
import { expect, test } from "vitest";
import { userKeys } from "@/api/users";
import { UserPage } from "./UserPage";

function Address() {
  const { pathname, search } = useLocation();
  return <output>{decodeURIComponent(pathname) + search}</output>;
}

/** Nothing, once it led away. */
function FormerPage() {
  return useParams().username === "owl" && <UserPage />;
}

test("a nickname from before leads to the page of the one that a person has now", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const person = { username: "밤부엉이", joined_at: "2026-01-01T00:00:00+09:00", profile: {} };
  for (const name of ["owl", "밤부엉이"]) client.setQueryData(userKeys.profile(name), person);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={["/users/owl?tab=bookmarks"]}>
          <Address />
          <Routes>
            <Route path="/users/:username" element={<FormerPage />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(await screen.findByText("/users/밤부엉이?tab=bookmarks")).toBeInTheDocument();
});
