import { Input } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { SearchField } from "@/components/form/SearchField";
import { SkillFilter } from "@/components/form/SkillFilter";
import { useTranslation } from "@/i18n";
import classes from "./BoardPage.module.css";
import { type BoardQuery, ORDERINGS, STAGES } from "./query";
import { useRecentSearches } from "./useRecentSearches";

interface Props {
  query: BoardQuery;
  onChange: (part: Partial<BoardQuery>, replace?: boolean) => void;
}

/** Text, skills, stage and order. */
export function Filters({ query, onChange }: Props) {
  const { t } = useTranslation("board");
  const { recent, remember } = useRecentSearches();
  return (
    <search className={classes.filters}>
      <SearchField
        label={t("search.label")}
        placeholder={t("search.placeholder")}
        recent={recent}
        onDone={remember}
        value={query.search}
        onChange={(search) => onChange({ search }, query.search !== "")}
      />
      <SkillFilter skills={query.skills} onChange={(skills) => onChange({ skills })} />
      <Input
        component="select"
        pointer
        rightSection={<IconSelector size={16} aria-hidden="true" />}
        aria-label={t("stage")}
        value={query.stage ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange({ stage: STAGES.find((name) => name === value) ?? null })
        }
      >
        <option value="">{t("stage")}</option>
        {STAGES.map((value) => (
          <option key={value} value={value}>
            {t(`common:stage.${value}`)}
          </option>
        ))}
      </Input>
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
