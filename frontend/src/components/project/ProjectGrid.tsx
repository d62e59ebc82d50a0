import { Skeleton } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import type { ProjectCard as Card } from "@/api/types";
import { useMe } from "@/api/users";
import { askAbout } from "@/components/request/openRequest";
import { useTranslation } from "@/i18n";
import { ProjectCard } from "./ProjectCard";
import classes from "./ProjectCard.module.css";
import { useProgressiveCount } from "./useProgressiveCount";
import { useToggleBookmark } from "./useToggleBookmark";

/** Cards side by side, or a compact list. */
export type View = "cards" | "list";

interface Props {
  projects: Card[];
  label: string;
  /** Of the cards' headings. */
  level: 2 | 3;
  view?: View;
  /** What was searched for, to be marked. */
  searched?: string | undefined;
  /** What stands between the first few and the rest. */
  interlude?: ReactNode;
}

// Fills a phone's first screen.
const BEFORE_INTERLUDE = 4;

/** Projects side by side; the pictures of the first ones are read at once. */
export function ProjectGrid({
  projects,
  label,
  level,
  view = "cards",
  searched,
  interlude,
}: Props) {
  const { data: me } = useMe();
  const toggleBookmark = useToggleBookmark();
  const ready = useProgressiveCount(projects);
  const last = Math.min(BEFORE_INTERLUDE, projects.length) - 1;
  return (
    <ul className={classes[view]} aria-label={label} aria-busy={ready < projects.length}>
      {projects.map((project, index) => (
        <Fragment key={project.id}>
          <li className={classes.place}>
            {index < ready && (
              <ProjectCard
                project={project}
                eager={index < 4}
                level={level}
                searched={searched}
                onBookmark={toggleBookmark}
                onAsk={me?.username === project.author.username ? undefined : askAbout}
              />
            )}
          </li>
          {interlude && index === last && <li className={classes.interlude}>{interlude}</li>}
        </Fragment>
      ))}
    </ul>
  );
}

/** The same, before the answer is there. */
export function ProjectGridSkeleton({
  count = 8,
  view = "cards",
}: {
  count?: number;
  view?: View;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes[view]} role="status" aria-label={t("loading")}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all the same, in no order
        <div key={index} className={`${classes.card} ${classes.waiting}`}>
          <div className={classes.cover}>
            <Skeleton radius={0} style={{ aspectRatio: "16 / 9" }} height="auto" />
          </div>
          <div className={classes.body}>
            <Skeleton height={19} width="78%" />
            <Skeleton height={13} mt={4} />
            <Skeleton height={13} width="60%" />
            <Skeleton height={20} width="70%" mt={6} />
          </div>
        </div>
      ))}
    </div>
  );
}
