import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useCreateProject } from "@/api/projects";
import { useMe } from "@/api/users";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { EMPTY } from "./draft";
import { EditorPage } from "./EditorPage";

/** Writes a new project. */
export function NewProjectPage() {
  const { t } = useTranslation("editor");
  const navigate = useNavigate();
  const { data: me } = useMe();
  const create = useCreateProject();
  if (!me) return <ScreenSkeleton />;
  return (
    <EditorPage
      accountId={me.id}
      name="new"
      original={EMPTY}
      heading={t("newTitle")}
      action={t("publish")}
      publish={async (body) => {
        const project = await create.mutateAsync(body);
        await navigate(`/projects/${project.id}`, { replace: true });
      }}
    />
  );
}
