import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { isId, projectQuery, useUpdateProject } from "@/api/projects";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { ErrorState } from "@/components/feedback/states";
import type { Draft } from "./draft";
import { EditorPage } from "./EditorPage";

/** Edits a project of mine. */
export function EditProjectPage() {
  const { t } = useTranslation("editor");
  const id = Number(useParams().id);
  const navigate = useNavigate();
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
  const original: Draft = {
    title: project.data.title,
    summary: project.data.summary ?? "",
    content: project.data.content ?? "",
    github_url: project.data.github_url ?? "",
    skills: project.data.skills ?? [],
    thumbnail: project.data.thumbnail ?? null,
  };
  return (
    <EditorPage
      name={String(id)}
      original={original}
      heading={t("editTitle")}
      action={t("save")}
      publish={async (body) => {
        await update.mutateAsync(body);
        await navigate(`/projects/${id}`, { replace: true });
      }}
    />
  );
}
