import { Button, Switch, Text, Title } from "@mantine/core";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "@/auth/session";
import { Notice } from "@/components/feedback/states";
import { FilterSelect } from "@/components/form/FilterSelect";
import { SearchField } from "@/components/form/SearchField";
import { SkillFilter } from "@/components/form/SkillFilter";
import { PageTitle } from "@/components/page/PageTitle";
import { PeopleLikeMe } from "@/components/person/PeopleLikeMe";
import { PeopleList } from "@/components/person/PeopleList";
import { MEET_TIMES, REGIONS } from "@/components/person/profile/choices";
import { useTranslation } from "@/i18n";
import classes from "./PeoplePage.module.css";
import { filterOf, type PeopleQuery, readQuery, writeQuery } from "./query";

/** People: those like me, and all who let themselves be found, by what one looks for. */
export function PeoplePage() {
  const { t } = useTranslation("people");
  const signedIn = useSession() !== "out";
  const [search, setSearch] = useSearchParams();
  const query = useMemo(() => readQuery(search), [search]);
  const filter = useMemo(() => filterOf(query), [query]);
  const filtered = Object.keys(filter).length > 0;
  // What the address says by now: see the board.
  const change = (part: Partial<PeopleQuery>, replace = false) => {
    const now = readQuery(new URLSearchParams(window.location.search));
    setSearch(writeQuery({ ...now, ...part }), { replace, preventScrollReset: true });
  };
  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <Title order={1} size="h2">
        {t("title")}
      </Title>
      <Text c="dimmed" mb="sm">
        {t("text")}
      </Text>
      <Filters query={query} onChange={change} />
      {signedIn && !filtered && <PeopleLikeMe />}
      <section aria-labelledby="people-list">
        <Title order={2} size="h3" id="people-list" mb={8}>
          {filtered ? t("found") : t("all")}
        </Title>
        <PeopleList
          filter={filter}
          label={t("title")}
          level={3}
          empty={
            <Notice
              small
              title={t(filtered ? "nobody.title" : "empty.title")}
              text={t(filtered ? "nobody.text" : "empty.text")}
              action={
                filtered && (
                  <Button variant="light" onClick={() => setSearch({})}>
                    {t("nobody.action")}
                  </Button>
                )
              }
            />
          }
        />
      </section>
    </>
  );
}

interface FiltersProps {
  query: PeopleQuery;
  onChange: (part: Partial<PeopleQuery>, replace?: boolean) => void;
}

/** Text, stack, region, time, and who can be asked at once. */
function Filters({ query, onChange }: FiltersProps) {
  const { t } = useTranslation("people");
  return (
    <search className={classes.filters}>
      <SearchField
        label={t("search.label")}
        placeholder={t("search.placeholder")}
        value={query.search}
        onChange={(text) => onChange({ search: text }, query.search !== "")}
      />
      <SkillFilter skills={query.skills} onChange={(skills) => onChange({ skills })} />
      <FilterSelect
        label={t("common:profile.region")}
        options={REGIONS.map((value) => ({ value, label: t(`common:region.${value}`) }))}
        value={query.region}
        onChange={(region) => onChange({ region })}
      />
      <FilterSelect
        label={t("common:profile.meetTime")}
        options={MEET_TIMES.map((value) => ({ value, label: t(`common:meetTime.${value}`) }))}
        value={query.time}
        onChange={(time) => onChange({ time })}
      />
      <Switch
        className={classes.open}
        label={t("open")}
        checked={query.open}
        onChange={(event) => onChange({ open: event.currentTarget.checked })}
      />
    </search>
  );
}
