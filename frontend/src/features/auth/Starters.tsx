import { Button, Group, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { startersQuery } from "@/api/recommendations";
import { ErrorState } from "@/components/feedback/states";
import { PeopleLikeMe } from "@/components/person/PeopleLikeMe";
import { ProjectCard } from "@/components/project/ProjectCard";
import gridClasses from "@/components/project/ProjectCard.module.css";
import { useToggleBookmark } from "@/components/project/useToggleBookmark";
import { FormPage } from "./FormPage";

// The job that finds people like me comes each minute.
const ASK_EVERY = 15_000;

/** After the profile: some projects to pick from, so that recommendations begin with a taste. */
export function Starters({ next }: { next: string }) {
  const { t } = useTranslation("auth");
  const toggleBookmark = useToggleBookmark();
  const starters = useQuery(startersQuery());
  const picked = starters.data?.results.filter((project) => project.bookmarked).length ?? 0;
  return (
    <FormPage title={t("starters.title")} text={t("starters.text")} width={920}>
      {starters.isError ? (
        <ErrorState small error={starters.error} onRetry={() => void starters.refetch()} />
      ) : (
        <ul className={gridClasses.cards} aria-busy={starters.isPending}>
          {starters.data
            ? starters.data.results.map((project) => (
                <li key={project.id} className={gridClasses.place}>
                  <ProjectCard level={2} project={project} onBookmark={toggleBookmark} />
                </li>
              ))
            : ["a", "b", "c"].map((key) => (
                <li key={key}>
                  <Skeleton height={380} radius={14} />
                </li>
              ))}
        </ul>
      )}
      <Group justify="end" my="lg">
        <Button component={Link} to={next} replace>
          {picked ? t("starters.done", { count: picked }) : t("starters.skip")}
        </Button>
      </Group>
      <PeopleLikeMe askEvery={ASK_EVERY} />
    </FormPage>
  );
}
