import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { skillsQuery } from "@/api/skills";

type Props = Omit<MultiSelectProps, "data" | "value" | "onChange"> & {
  value: string[];
  onChange: (names: string[]) => void;
};

/** Several skills, with type-ahead over all there are. */
export function SkillPicker(props: Props) {
  const { t } = useTranslation();
  const skills = useQuery(skillsQuery());
  const known = skills.data?.map(({ name }) => name) ?? [];
  return (
    <MultiSelect
      // What is chosen stays shown while the list is on its way, or after a skill was renamed.
      data={[...new Set([...known, ...props.value])]}
      searchable
      hidePickedOptions
      clearable
      limit={60}
      nothingFoundMessage={skills.isError ? t("error.title") : t("skills.none")}
      clearButtonProps={{ "aria-label": t("skills.clear") }}
      comboboxProps={{ shadow: "md" }}
      {...props}
    />
  );
}
