import { Button, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { projectCountQuery } from "@/api/projects";
import { useSession } from "@/auth/session";
import { Notice } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { ProjectList } from "@/components/project/ProjectList";
import { usePhone, ViewButton } from "@/components/project/view";
import { exactNumber } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import classes from "./BoardPage.module.css";
import { Filters } from "./Filters";
import { type BoardQuery, EVERYTHING, filterOf, isFiltered, readQuery, writeQuery } from "./query";
import { Recommended } from "./Recommended";

/** The board: all projects, searched, filtered and ordered; recommended ones, and what I follow. */
export function BoardPage() {
  const { t } = useTranslation("board");
  const signedIn = useSession() !== "out";
  const [search, setSearch] = useSearchParams();
  const query = useMemo(() => readQuery(search), [search]);
  const filter = useMemo(() => filterOf(query), [query]);
  const phone = usePhone();
  const recommends = signedIn && !isFiltered(query) && !query.following;

  // Filtering is a step that Back undoes; typing on is not one for each letter.
  // What the address says by now: the search comes a moment after its last letter, and a stage that
  // was chosen in between may not be shown yet.
  const change = (part: Partial<BoardQuery>, replace = false) => {
    const now = readQuery(new URLSearchParams(window.location.search));
    setSearch(writeQuery({ ...now, ...part }), { replace, preventScrollReset: true });
  };

  return (
    <section aria-labelledby="board-title" className={classes.board}>
      <PageTitle>{query.search ? t("searchTitle", { text: query.search }) : t("title")}</PageTitle>
      <Title order={1} size="h2" id="board-title" className={classes.title}>
        {t("title")}
      </Title>
      <Filters query={query} onChange={change} />
      {/* Above the search for the eye, behind it for the keyboard. */}
      <div className={classes.tools}>
        {signedIn && <Tabs query={query} />}
        <ViewButton />
      </div>
      {query.search && <Found query={query} />}
      {recommends && !phone && (
        <>
          <Recommended />
          <Title order={2} size="h4" mt="lg">
            {t("everything")}
          </Title>
        </>
      )}
      <div className={classes.list}>
        <ProjectList
          filter={filter}
          label={t("title")}
          // A phone's first screen belongs to the list.
          interlude={recommends && phone && <Recommended />}
          empty={<Nothing query={query} onClear={() => change(EVERYTHING)} />}
        />
      </div>
    </section>
  );
}

/** Everything, or what I follow: two addresses. */
function Tabs({ query }: { query: BoardQuery }) {
  const { t } = useTranslation("board");
  return (
    <nav className={classes.tabs} aria-label={t("tabs.label")}>
      {[false, true].map((following) => (
        <Link
          key={String(following)}
          to={{ search: writeQuery({ ...query, following }).toString() }}
          preventScrollReset
          aria-current={query.following === following ? "page" : undefined}
        >
          {t(following ? "tabs.following" : "tabs.all")}
        </Link>
      ))}
    </nav>
  );
}

/** How many projects the search found. */
function Found({ query }: { query: BoardQuery }) {
  const { t } = useTranslation("board");
  const { data } = useQuery(projectCountQuery(filterOf(query)));
  return (
    <p role="status" className={classes.found}>
      {data &&
        t(data.more ? "found.more" : "found.all", {
          count: data.count,
          formatted: exactNumber(data.count),
        })}
    </p>
  );
}

function Nothing({ query, onClear }: { query: BoardQuery; onClear: () => void }) {
  const { t } = useTranslation("board");
  if (isFiltered(query)) {
    return (
      <Notice
        title={t("nothingFound.title")}
        text={t("nothingFound.text")}
        action={
          <Button variant="light" onClick={onClear}>
            {t("nothingFound.action")}
          </Button>
        }
      />
    );
  }
  if (query.following) {
    return (
      <Notice
        title={t("nothingFollowed.title")}
        text={t("nothingFollowed.text")}
        action={
          <Button component={Link} to="/people" variant="light">
            {t("nothingFollowed.action")}
          </Button>
        }
      />
    );
  }
  return <Notice title={t("empty.title")} text={t("empty.text")} />;
}
