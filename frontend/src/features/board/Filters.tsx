import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SearchField } from "@/components/form/SearchField";
import { SkillFilter } from "@/components/form/SkillFilter";
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
      <NativeSelect
        aria-label={t("stage")}
        data={[
          { value: "", label: t("stage") },
          ...STAGES.map((value) => ({ value, label: t(`common:stage.${value}`) })),
        ]}
        value={query.stage ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange({ stage: STAGES.find((name) => name === value) ?? null })
        }
      />
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
