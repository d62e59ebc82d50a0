import { Anchor, Button, Group, Text, Title } from "@mantine/core";
import { IconCoffee, IconSparkles, IconStack2 } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import { itemsOf } from "@/api/http/pages";
import { projectsQuery } from "@/api/projects";
import { useSession } from "@/auth/session";
import { ErrorState } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { ProjectGrid, ProjectGridSkeleton } from "@/components/project/ProjectGrid";
import { useTranslation } from "@/i18n";
import classes from "./LandingPage.module.css";
import { LIVE } from "./live";
import nightScene from "./night.svg";

const POINTS = [
  { key: "show", Icon: IconStack2 },
  { key: "find", Icon: IconSparkles },
  { key: "talk", Icon: IconCoffee },
] as const;

/** The first page: what this is, and projects that are really here. */
export function LandingPage() {
  const { t } = useTranslation("landing");
  const signedIn = useSession() !== "out";
  const popular = useInfiniteQuery(projectsQuery(LIVE));
  // What arrives is rendered in slices.
  const data = useDeferredValue(popular.data);
  const projects = itemsOf(data).slice(0, 8);
  return (
    <>
      <PageTitle bare>{t("pageTitle")}</PageTitle>
      <section className={classes.hero}>
        <div>
          <Title order={1} className={classes.title}>
            {t("title")}
          </Title>
          <Text className={classes.text}>{t("text")}</Text>
          <Group gap="sm" mt="lg">
            <Button component={Link} to={signedIn ? "/projects/new" : "/signup"} size="md">
              {signedIn ? t("write") : t("start")}
            </Button>
            <Button component={Link} to="/projects" size="md" variant="default">
              {t("look")}
            </Button>
          </Group>
        </div>
        <img src={nightScene} alt="" width={520} height={380} className={classes.scene} />
      </section>
      <ul className={classes.points}>
        {POINTS.map(({ key, Icon }) => (
          <li key={key}>
            <Icon size={26} stroke={1.6} aria-hidden="true" />
            <h2>{t(`points.${key}.title`)}</h2>
            <p>{t(`points.${key}.text`)}</p>
          </li>
        ))}
      </ul>
      <section aria-labelledby="live-title">
        <Group justify="space-between" align="baseline" mb="md" mt={48}>
          <Title order={2} id="live-title">
            {t("live")}
          </Title>
          <Anchor component={Link} to="/projects?ordering=trending" fw={600} underline="hover">
            {t("all")}
          </Anchor>
        </Group>
        {!data && !popular.isError && <ProjectGridSkeleton count={8} />}
        {popular.isError && (
          <ErrorState small error={popular.error} onRetry={() => void popular.refetch()} />
        )}
        {projects.length > 0 && <ProjectGrid projects={projects} label={t("live")} level={3} />}
      </section>
    </>
  );
}
