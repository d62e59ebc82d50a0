import { useCreateProject } from "@/api/projects";
import { useMe } from "@/api/users";
import { ScreenSkeleton } from "@/components/feedback/ScreenSkeleton";
import { useTranslation } from "@/i18n";
import { EMPTY } from "./drafts/draft";
import { OpenDraft } from "./drafts/OpenDraft";
import { EditorPage } from "./EditorPage";

const NOTHING = { draft: EMPTY, version: null, at: null };

/** Writes a new project. */
export function NewProjectPage() {
  const { t } = useTranslation("editor");
  const { data: me } = useMe();
  const create = useCreateProject();
  if (!me) return <ScreenSkeleton />;
  return (
    <OpenDraft accountId={me.id} project={null} original={NOTHING}>
      {(opened) => (
        <EditorPage
          opened={opened}
          original={NOTHING}
          heading={t("newTitle")}
          action={t("publish")}
          publish={async (body) => `/projects/${(await create.mutateAsync(body)).id}`}
        />
      )}
    </OpenDraft>
  );
}
