import { Input } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "@/i18n";

// Its list, with all that opens and places it, is read when a person wants to choose.
const SkillPicker = lazy(async () => ({
  default: (await import("./SkillPicker")).SkillPicker,
}));

interface Props {
  skills: string[];
  onChange: (skills: string[]) => void;
}

/** The skills that a list is filtered by. */
export function SkillFilter({ skills, onChange }: Props) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(skills.length > 0);
  // A choice is an answer: the list would lie over what it found, and over the next filter.
  const [opened, setOpened] = useState(!skills.length);
  const want = () => setWanted(true);
  const field = (
    <Input
      aria-label={t("skills.filter")}
      placeholder={t("skills.filter")}
      readOnly
      onFocus={want}
      onPointerEnter={() => void import("./SkillPicker")}
    />
  );
  if (!wanted && !skills.length) return field;
  return (
    <Suspense fallback={field}>
      <SkillPicker
        aria-label={t("skills.filter")}
        placeholder={skills.length ? "" : t("skills.filter")}
        maxValues={10}
        autoFocus={wanted && !skills.length}
        dropdownOpened={opened}
        onDropdownOpen={() => setOpened(true)}
        onDropdownClose={() => setOpened(false)}
        onOptionSubmit={() => setOpened(false)}
        value={skills}
        onChange={onChange}
      />
    </Suspense>
  );
}
