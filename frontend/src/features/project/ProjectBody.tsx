import { Skeleton, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { Markdown } from "@/components/Markdown";
import { WhenNear } from "@/components/WhenNear";
import classes from "./ProjectPage.module.css";

const Comments = lazy(async () => ({ default: (await import("./Comments")).Comments }));

/** What stands below a project's cover: its text, and what others say. */
export function ProjectBody({ project }: { project: Project }) {
  const { t } = useTranslation("project");
  return (
    <>
      <div className={classes.content}>
        {project.content ? (
          <Markdown source={project.content} />
        ) : (
          <Text c="dimmed">{t("noContent")}</Text>
        )}
      </div>
      <WhenNear before={<CommentsSkeleton />}>
        <Suspense fallback={<CommentsSkeleton />}>
          <Comments projectId={project.id} count={project.comment_count} />
        </Suspense>
      </WhenNear>
    </>
  );
}

function CommentsSkeleton() {
  return <Skeleton height={72} mt={64} />;
}
