import { useTranslation } from "react-i18next";
import { SearchField } from "@/components/form/SearchField";
import { SkillFilter } from "@/components/form/SkillFilter";
import classes from "./BoardPage.module.css";
import { type BoardQuery, ORDERINGS } from "./query";

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
        label={t("search.label")}
        placeholder={t("search.placeholder")}
        value={query.search}
        onChange={(search) => onChange({ search }, query.search !== "")}
      />
      <SkillFilter skills={query.skills} onChange={(skills) => onChange({ skills })} />
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
