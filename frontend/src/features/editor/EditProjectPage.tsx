import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { isId, projectQuery, useUpdateProject } from "@/api/projects";
import type { Project } from "@/api/types";
import { useMe } from "@/api/users";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { ErrorState } from "@/components/feedback/states";
import { type Draft, EMPTY } from "./draft";
import { EditorPage } from "./EditorPage";

/** Edits a project of mine. */
export function EditProjectPage() {
  const { t } = useTranslation("editor");
  const id = Number(useParams().id);
  const navigate = useNavigate();
  const { data: me } = useMe();
  const update = useUpdateProject(id);
  // What another tab saves must not change the text under one's fingers.
  const project = useQuery({ ...projectQuery(id), staleTime: Number.POSITIVE_INFINITY });
  if (!isId(id) || (project.data && !project.data.editable)) {
    return <NotFoundPage />;
  }
  if (project.isError) {
    return <ErrorState error={project.error} onRetry={() => void project.refetch()} />;
  }
  if (!project.data) return <ScreenSkeleton />;
  if (!me) return <ScreenSkeleton />;
  return (
    <EditorPage
      accountId={me.id}
      name={String(id)}
      original={draftOf(project.data)}
      published={project.data.version}
      heading={t("editTitle")}
      action={t("save")}
      publish={async (body, version) => {
        await update.mutateAsync({ ...body, ...(version && { version }) });
        await navigate(`/projects/${id}`, { replace: true });
      }}
      readPublished={async () => {
        const { data } = await project.refetch({ throwOnError: true });
        const now = data ?? project.data;
        return { draft: draftOf(now), version: now.version };
      }}
    />
  );
}

function draftOf(project: Project): Draft {
  return {
    title: project.title,
    summary: project.summary ?? "",
    content: project.content ?? "",
    github_url: project.github_url ?? "",
    demo_url: project.demo_url ?? "",
    stage: project.stage ?? EMPTY.stage,
    skills: project.skills ?? [],
    thumbnail: project.thumbnail ?? null,
  };
}
