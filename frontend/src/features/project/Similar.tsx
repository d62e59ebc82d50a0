import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { similarQuery } from "@/api/projects";
import { ProjectGrid } from "@/components/project/ProjectGrid";
import { useTranslation } from "@/i18n";

/** Projects with much the same skills; nothing where there are none. */
export function Similar({ projectId }: { projectId: number }) {
  const { t } = useTranslation("project");
  const query = useQuery(similarQuery(projectId));
  // What arrives is rendered in slices.
  const data = useDeferredValue(query.data) && query.data;
  if (!data?.results.length) return null;
  return (
    <section aria-labelledby="similar-title">
      <Title order={2} id="similar-title" mb="md">
        {t("similar")}
      </Title>
      <ProjectGrid projects={data.results} label={t("similar")} level={3} />
    </section>
  );
}
