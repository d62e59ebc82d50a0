import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { isId, projectQuery, useUpdateProject } from "@/api/projects";
import type { Project } from "@/api/types";
import { useMe } from "@/api/users";
import { NotFoundPage } from "@/components/feedback/NotFoundPage";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { ErrorState } from "@/components/feedback/states";
import { useTranslation } from "@/i18n";
import type { Original } from "./drafts/beginning";
import { draftOf } from "./drafts/draft";
import { OpenDraft } from "./drafts/OpenDraft";
import { EditorPage } from "./EditorPage";

/** Edits a project of mine. */
export function EditProjectPage() {
  const { t } = useTranslation("editor");
  const id = Number(useParams().id);
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
  if (!project.data || !me) return <ScreenSkeleton />;
  const original = originalOf(project.data);
  return (
    <OpenDraft accountId={me.id} project={id} original={original}>
      {(opened) => (
        <EditorPage
          opened={opened}
          original={original}
          heading={t("editTitle")}
          action={t("save")}
          publish={async (body, version) => {
            await update.mutateAsync({ ...body, ...(version && { version }) });
            return `/projects/${id}`;
          }}
          readPublished={async () => {
            const { data } = await project.refetch({ throwOnError: true });
            return originalOf(data ?? project.data);
          }}
        />
      )}
    </OpenDraft>
  );
}

function originalOf(project: Project): Original {
  return { draft: draftOf(project), version: project.version ?? null, at: project.updated_at };
}
