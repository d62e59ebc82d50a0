import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, unwrap } from "@/api/client";
import { isId, projectQuery } from "@/api/projects";
import { NotFoundPage } from "@/app/NotFoundPage";
import { ScreenSkeleton } from "@/app/ScreenSkeleton";
import { ErrorState } from "@/components/states";
import type { Draft } from "./draft";
import { EditorPage } from "./EditorPage";

/** Edits a project of mine. */
export function EditProjectPage() {
  const { t } = useTranslation("editor");
  const id = Number(useParams().id);
  const navigate = useNavigate();
  const client = useQueryClient();
  const path = { id };
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
        const saved = await unwrap(api.PATCH("/api/v1/projects/{id}/", { params: { path }, body }));
        client.setQueryData(["projects", "detail", id], saved);
        void client.invalidateQueries({ queryKey: ["projects", "list"] });
        await navigate(`/projects/${id}`, { replace: true });
      }}
    />
  );
}
