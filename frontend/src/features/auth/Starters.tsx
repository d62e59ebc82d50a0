import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { startersQuery } from "@/api/recommendations";
import { ErrorState } from "@/components/feedback/states";
import { ProjectCard } from "@/components/project/ProjectCard";
import gridClasses from "@/components/project/ProjectCard.module.css";
import { useToggleBookmark } from "@/components/project/useToggleBookmark";
import { usePhone } from "@/components/project/view";

const MOST = 5;

/** Some projects to bookmark, so that recommendations begin with a taste. */
export function Starters() {
  const toggleBookmark = useToggleBookmark();
  const phone = usePhone();
  const starters = useQuery(startersQuery());
  if (starters.isError) {
    return <ErrorState small error={starters.error} onRetry={() => void starters.refetch()} />;
  }
  return (
    <ul className={phone ? gridClasses.list : gridClasses.cards} aria-busy={starters.isPending}>
      {starters.data
        ? starters.data.results.slice(0, MOST).map((project) => (
            <li key={project.id} className={gridClasses.place}>
              <ProjectCard level={3} project={project} onBookmark={toggleBookmark} />
            </li>
          ))
        : ["a", "b", "c"].map((key) => (
            <li key={key}>
              <Skeleton height={phone ? 124 : 380} radius={14} />
            </li>
          ))}
    </ul>
  );
}
