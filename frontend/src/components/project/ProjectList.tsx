import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { itemsOf } from "@/api/pages";
import { type ProjectFilter, projectsQuery } from "@/api/projects";
import { ErrorState } from "@/components/feedback/states";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { ProjectGrid, ProjectGridSkeleton } from "./ProjectGrid";

interface Props {
  filter: ProjectFilter;
  label: string;
  /** What to show when there is nothing. */
  empty: ReactNode;
}

/** Projects with endless scroll, and its loading, empty and error states. */
export function ProjectList({ filter, label, empty }: Props) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(projectsQuery(filter));
  // What arrives is rendered in slices; what was kept is there at once, so that Back finds its place.
  const data = useDeferredValue(list.data);
  const projects = useMemo(() => itemsOf(data), [data]);
  if (list.isPending || (list.data && !data)) return <ProjectGridSkeleton />;
  if (!list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (projects.length === 0) return empty;
  return (
    <>
      <ProjectGrid projects={projects} label={label} level={2} />
      <InfiniteEnd list={list} endText={t("list.end")} />
    </>
  );
}
