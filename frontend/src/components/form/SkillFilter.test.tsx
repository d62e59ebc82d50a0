import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { skillKeys } from "@/api/skills";
import { SkillFilter } from "./SkillFilter";

test("what is typed before the picker has come goes over to it, a syllable at a time", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(skillKeys.all, []);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <SkillFilter skills={[]} onChange={vi.fn()} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const field = screen.getByRole("textbox");
  fireEvent.focus(field);
  fireEvent.compositionStart(field);
  fireEvent.change(field, { target: { value: "파이" } });
  await new Promise((done) => setTimeout(done, 300));
  expect(field).toBeInTheDocument();
  fireEvent.compositionEnd(field);
  expect(await screen.findByRole("combobox")).toHaveValue("파이");
  expect(field).not.toBeInTheDocument();
});
