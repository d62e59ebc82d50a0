import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, unwrap } from "@/api/client";
import { Confirm } from "@/components/LazyConfirm";
import { notify } from "@/components/notify";

/** Deletes a project, after asking. */
export function DeleteProject({ id }: { id: number }) {
  const { t } = useTranslation("project");
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();

  async function remove() {
    await unwrap(api.DELETE("/api/v1/projects/{id}/", { params: { path: { id } } }));
    await navigate("/projects");
    client.removeQueries({ queryKey: ["projects", "detail", id] });
    await client.invalidateQueries({ queryKey: ["projects", "list"] });
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
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
