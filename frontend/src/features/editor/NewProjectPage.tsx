import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, unwrap } from "@/api/client";
import { EMPTY } from "./draft";
import { EditorPage } from "./EditorPage";

/** Writes a new project. */
export function NewProjectPage() {
  const { t } = useTranslation("editor");
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <EditorPage
      name="new"
      original={EMPTY}
      heading={t("newTitle")}
      action={t("publish")}
      publish={async (body) => {
        const project = await unwrap(api.POST("/api/v1/projects/", { body }));
        void client.invalidateQueries({ queryKey: ["projects", "list"] });
        await navigate(`/projects/${project.id}`, { replace: true });
      }}
    />
  );
}
