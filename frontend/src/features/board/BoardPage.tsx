import { Button, Group, Title } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useSession } from "@/auth/session";
import { Notice } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { ProjectList } from "@/components/project/ProjectList";
import classes from "./BoardPage.module.css";
import { Filters } from "./Filters";
import { type BoardQuery, filterOf, isFiltered, readQuery, writeQuery } from "./query";
import { Recommended } from "./Recommended";

/** The board: recommended projects, and all of them searched, filtered and ordered. */
export function BoardPage() {
  const { t } = useTranslation("board");
  const session = useSession();
  const [search, setSearch] = useSearchParams();
  const query = useMemo(() => readQuery(search), [search]);
  const filter = useMemo(() => filterOf(query), [query]);
  const filtered = isFiltered(query);

  // Filtering is a step that Back undoes; typing on is not one for each letter.
  const change = (part: Partial<BoardQuery>, replace = false) =>
    setSearch(writeQuery({ ...query, ...part }), { replace, preventScrollReset: true });

  return (
    <>
      <PageTitle>{query.search ? t("searchTitle", { text: query.search }) : t("title")}</PageTitle>
      {session !== "out" && !filtered && <Recommended />}
      <section aria-labelledby="board-title">
        <Group justify="space-between" align="end" mb="sm">
          <Title order={1} size="h2" id="board-title">
            {t("title")}
          </Title>
        </Group>
        <Filters query={query} onChange={change} />
        <div className={classes.list}>
          <ProjectList
            filter={filter}
            label={t("title")}
            empty={
              <Notice
                title={filtered ? t("nothingFound.title") : t("empty.title")}
                text={filtered ? t("nothingFound.text") : t("empty.text")}
                action={
                  filtered && (
                    <Button
                      variant="light"
                      onClick={() => change({ search: "", skills: [], matchAll: false })}
                    >
                      {t("nothingFound.action")}
                    </Button>
                  )
                }
              />
            }
          />
        </div>
      </section>
    </>
  );
}
