import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { skillKeys } from "@/api/skills";
import { SkillPicker } from "./SkillPicker";

const skill = (name: string) => ({ name, slug: name.toLowerCase(), aliases: [], users: 1 });

test("Enter takes the first match also when the skills come after the letters", async () => {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, enabled: false } },
  });
  const onChange = vi.fn();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <SkillPicker value={[]} onChange={onChange} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const field = screen.getByRole("combobox");
  field.focus();
  fireEvent.change(field, { target: { value: "djan" } });
  act(() => {
    client.setQueryData(skillKeys.all, [skill("Python"), skill("Django")]);
  });
  await screen.findByRole("option", { name: "Django", hidden: true });
  fireEvent.keyDown(field, { key: "Enter", code: "Enter" });
  expect(onChange).toHaveBeenCalledWith(["Django"]);
});

test("Enter takes the first match of what was typed before the picker came", () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(skillKeys.all, [skill("Python"), skill("Django")]);
  const onChange = vi.fn();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <SkillPicker value={[]} onChange={onChange} typed="djan" dropdownOpened autoFocus />
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter", code: "Enter" });
  expect(onChange).toHaveBeenCalledWith(["Django"]);
});
