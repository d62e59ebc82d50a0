import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./BoardPage.module.css";
import { type BoardQuery, ORDERINGS } from "./query";

// Its list, with all that opens and places it, is read when a person wants to choose.
const SkillPicker = lazy(async () => ({
  default: (await import("@/components/form/SkillPicker")).SkillPicker,
}));

interface Props {
  query: BoardQuery;
  onChange: (part: Partial<BoardQuery>, replace?: boolean) => void;
}

/** Text, skills and order. */
export function Filters({ query, onChange }: Props) {
  const { t } = useTranslation("board");
  return (
    <search className={classes.filters}>
      <SearchField
        value={query.search}
        onChange={(search) => onChange({ search }, query.search !== "")}
      />
      <SkillField skills={query.skills} onChange={(skills) => onChange({ skills })} />
      <fieldset className={classes.orderings}>
        <legend>{t("ordering.label")}</legend>
        {ORDERINGS.map((ordering) => (
          <label key={ordering}>
            <input
              type="radio"
              name="ordering"
              checked={query.ordering === ordering}
              onChange={() => onChange({ ordering })}
            />
            <span>{t(`ordering.${ordering}`)}</span>
          </label>
        ))}
      </fieldset>
      {query.skills.length > 1 && (
        <label className={classes.match}>
          <input
            type="checkbox"
            checked={query.matchAll}
            onChange={(event) => onChange({ matchAll: event.currentTarget.checked })}
          />
          {t("skills.all")}
        </label>
      )}
    </search>
  );
}

interface SkillFieldProps {
  skills: string[];
  onChange: (skills: string[]) => void;
}

function SkillField({ skills, onChange }: SkillFieldProps) {
  const { t } = useTranslation("board");
  const [wanted, setWanted] = useState(skills.length > 0);
  const want = () => setWanted(true);
  const field = (
    <TextInput
      aria-label={t("skills.label")}
      placeholder={t("skills.placeholder")}
      readOnly
      onFocus={want}
      onPointerEnter={() => void import("@/components/form/SkillPicker")}
    />
  );
  if (!wanted && !skills.length) return field;
  return (
    <Suspense fallback={field}>
      <SkillPicker
        aria-label={t("skills.label")}
        placeholder={skills.length ? "" : t("skills.placeholder")}
        maxValues={10}
        autoFocus={wanted && !skills.length}
        defaultDropdownOpened={wanted && !skills.length}
        value={skills}
        onChange={onChange}
      />
    </Suspense>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation("board");
  const [text, setText] = useState(value);
  const search = useDebouncedCallback((next: string) => onChange(next.trim()), 350);

  // The address changed under the field: Back, or a cleared filter.
  useEffect(() => setText((now) => (now.trim() === value ? now : value)), [value]);

  return (
    <TextInput
      type="search"
      aria-label={t("search.label")}
      placeholder={t("search.placeholder")}
      maxLength={100}
      leftSection={<IconSearch size={17} aria-hidden="true" />}
      rightSection={
        text && (
          <CloseButton
            size="sm"
            aria-label={t("search.clear")}
            onClick={() => {
              setText("");
              onChange("");
            }}
          />
        )
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
