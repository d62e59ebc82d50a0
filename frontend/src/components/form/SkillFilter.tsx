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
  // A plain field stands there until the picker has come; what is typed meanwhile goes over to it.
  const [come, setCome] = useState(false);
  const [typed, setTyped] = useState("");
  const [composing, setComposing] = useState(false);
  return (
    <div>
      {!come && (
        <Input
          aria-label={t("skills.filter")}
          placeholder={t("skills.filter")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onFocus={() => setWanted(true)}
          onPointerEnter={() => void import("./SkillPicker")}
        />
      )}
      {(wanted || skills.length > 0) && !composing && (
        <Suspense>
          <SkillPicker
            aria-label={t("skills.filter")}
            placeholder={skills.length ? "" : t("skills.filter")}
            maxValues={10}
            onCome={() => setCome(true)}
            typed={typed}
            autoFocus={wanted && !skills.length}
            dropdownOpened={opened}
            onDropdownOpen={() => setOpened(true)}
            onDropdownClose={() => setOpened(false)}
            onOptionSubmit={() => setOpened(false)}
            value={skills}
            onChange={onChange}
          />
        </Suspense>
      )}
    </div>
  );
}
