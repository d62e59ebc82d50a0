import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useState } from "react";
import { skillsQuery } from "@/api/skills";
import { useTranslation } from "@/i18n";
import { findSkills } from "./findSkills";

type Props = Omit<MultiSelectProps, "data" | "value" | "onChange"> & {
  value: string[];
  onChange: (names: string[]) => void;
  /** What was typed before the picker was there. */
  typed?: string;
  /** Called once it is there. */
  onCome?: () => void;
};

/** Several skills, found by name or alias; Enter takes the first match and sends no form. */
export function SkillPicker({ typed = "", onCome, ...props }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState(typed);
  useLayoutEffect(() => onCome?.(), [onCome]);
  const skills = useQuery(skillsQuery());
  const known = skills.data ?? [];
  const names = known.map(({ name }) => name);
  return (
    <MultiSelect
      // What is chosen stays shown while the list is on its way, or after a skill was renamed.
      data={[...new Set([...names, ...props.value])]}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options, search: text, limit }) => {
        const picked = new Map(
          options.flatMap((option) => ("value" in option ? [[String(option.value), option]] : [])),
        );
        const found = findSkills(known, text).flatMap((name) => picked.get(name) ?? []);
        return found.slice(0, limit);
      }}
      // Also when the list comes after the letters.
      selectFirstOptionOnChange={skills.isSuccess}
      onKeyDown={(event) => {
        if (event.key === "Enter" && search) event.preventDefault();
      }}
      hidePickedOptions
      clearable
      limit={60}
      nothingFoundMessage={skills.isError ? t("error.title") : t("skills.none")}
      clearButtonProps={{ "aria-label": t("skills.clear") }}
      comboboxProps={{ shadow: "md", withinPortal: false }}
      {...props}
    />
  );
}
