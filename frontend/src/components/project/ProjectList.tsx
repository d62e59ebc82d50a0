import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import { itemsOf } from "@/api/http/pages";
import { type ProjectFilter, projectsQuery } from "@/api/projects";
import { ErrorState } from "@/components/feedback/states";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { useTranslation } from "@/i18n";
import { ProjectGrid, ProjectGridSkeleton } from "./ProjectGrid";
import { useView } from "./view";

interface Props {
  filter: ProjectFilter;
  label: string;
  /** What stands between the first few and the rest. */
  interlude?: ReactNode;
  /** What to show when there is nothing. */
  empty: ReactNode;
}

/** Projects with endless scroll, and its loading, empty and error states. */
export function ProjectList({ filter, label, interlude, empty }: Props) {
  const [view] = useView();
  const { t } = useTranslation();
  const list = useInfiniteQuery(projectsQuery(filter));
  // What arrives is rendered in slices; what was kept is there at once, so that Back finds its place.
  const data = useDeferredValue(list.data);
  const projects = useMemo(() => itemsOf(data), [data]);
  if (list.isPending || (list.data && !data)) return <ProjectGridSkeleton view={view} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (projects.length === 0) return empty;
  return (
    <>
      <ProjectGrid
        projects={projects}
        label={label}
        level={2}
        view={view}
        searched={filter.search}
        interlude={interlude}
      />
      <InfiniteEnd list={list} endText={t("list.end")} />
    </>
  );
}
