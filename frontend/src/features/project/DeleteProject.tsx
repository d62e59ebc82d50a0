import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useDeleteProject } from "@/api/projects";
import { Confirm } from "@/components/feedback/LazyConfirm";
import { notify } from "@/components/feedback/notify";
import { useTranslation } from "@/i18n";

/** Deletes a project, after asking. */
export function DeleteProject({ id }: { id: number }) {
  const { t } = useTranslation("project");
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const remove = useDeleteProject(id, () => navigate("/projects"));

  async function removeNow() {
    await remove.mutateAsync();
    void notify(t("delete.done"));
  }

  return (
    <>
      <Button
        variant="default"
        c="var(--mantine-color-error)"
        leftSection={<IconTrash size={17} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t("common:action.delete")}
      </Button>
      <Confirm
        opened={asking}
        title={t("delete.title")}
        text={t("delete.text")}
        action={t("common:action.delete")}
        onConfirm={removeNow}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
