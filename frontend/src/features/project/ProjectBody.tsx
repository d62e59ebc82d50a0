import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { Markdown } from "@/components/Markdown";
import { Comments } from "./Comments";
import classes from "./ProjectPage.module.css";

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
      <Comments projectId={project.id} count={project.comment_count} />
    </>
  );
}
