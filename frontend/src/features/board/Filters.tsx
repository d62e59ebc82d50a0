import { FilterSelect } from "@/components/form/FilterSelect";
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
      <FilterSelect
        label={t("stage")}
        options={STAGES.map((value) => ({ value, label: t(`common:stage.${value}`) }))}
        value={query.stage ?? undefined}
        onChange={(stage) => onChange({ stage: stage ?? null })}
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
