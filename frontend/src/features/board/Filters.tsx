import { CloseButton, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { SkillPicker } from "@/components/SkillPicker";
import classes from "./BoardPage.module.css";
import { type BoardQuery, ORDERINGS, type Ordering } from "./query";

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
      <SkillPicker
        aria-label={t("skills.label")}
        placeholder={query.skills.length ? "" : t("skills.placeholder")}
        maxValues={10}
        value={query.skills}
        onChange={(skills) => onChange({ skills })}
      />
      <SegmentedControl
        aria-label={t("ordering.label")}
        value={query.ordering}
        data={ORDERINGS.map((value) => ({ value, label: t(`ordering.${value}`) }))}
        onChange={(value) => onChange({ ordering: value as Ordering })}
      />
      {query.skills.length > 1 && (
        <Switch
          className={classes.match}
          label={t("skills.all")}
          checked={query.matchAll}
          onChange={(event) => onChange({ matchAll: event.currentTarget.checked })}
        />
      )}
    </search>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation("board");
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback((next: string) => onChange(next.trim()), 350);

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
        tell(event.currentTarget.value);
      }}
    />
  );
}
