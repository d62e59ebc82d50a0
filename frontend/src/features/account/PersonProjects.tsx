import { Button, Tabs } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { Notice } from "@/components/feedback/states";
import { ProjectList } from "@/components/project/ProjectList";
import { useTranslation } from "@/i18n";

interface Props {
  username: string;
  /** Whether it is my page, where empty lists say what I can do. */
  mine: boolean;
}

/** What a person made and what they bookmarked. */
export function PersonProjects({ username, mine }: Props) {
  const { t } = useTranslation("account");
  const [search, setSearch] = useSearchParams();
  const tab = search.get("tab") === "bookmarks" ? "bookmarks" : "projects";
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(value) =>
        setSearch(value === "bookmarks" ? { tab: "bookmarks" } : {}, { preventScrollReset: true })
      }
    >
      <Tabs.List mb="lg">
        <Tabs.Tab value="projects">{t("tabs.projects")}</Tabs.Tab>
        <Tabs.Tab value="bookmarks">{t("tabs.bookmarks")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="projects">
        <Written username={username} mine={mine} />
      </Tabs.Panel>
      <Tabs.Panel value="bookmarks">
        <Bookmarked username={username} mine={mine} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** The projects a person wrote. */
export function Written({ username, mine }: Props) {
  const { t } = useTranslation("account");
  return (
    <ProjectList
      filter={{ author: username }}
      label={t("tabs.projects")}
      empty={
        <Notice
          small
          title={mine ? t("empty.myProjects") : t("empty.projects")}
          text={mine ? t("empty.myProjectsText") : undefined}
          action={
            mine && (
              <Button component={Link} to="/projects/new">
                {t("empty.write")}
              </Button>
            )
          }
        />
      }
    />
  );
}

/** The projects a person bookmarked. */
export function Bookmarked({ username, mine }: Props) {
  const { t } = useTranslation("account");
  return (
    <ProjectList
      filter={{ bookmarked_by: username }}
      label={t("tabs.bookmarks")}
      empty={
        <Notice
          small
          title={mine ? t("empty.myBookmarks") : t("empty.bookmarks")}
          text={mine ? t("empty.myBookmarksText") : undefined}
          action={
            mine && (
              <Button component={Link} to="/projects">
                {t("common:notFound.action")}
              </Button>
            )
          }
        />
      }
    />
  );
}
