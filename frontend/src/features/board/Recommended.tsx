import { Anchor, Group, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { recommendationsQuery } from "@/api/recommendations";
import type { Reason } from "@/api/types";
import { useMe } from "@/api/users";
import { ErrorState } from "@/components/feedback/states";
import { useAskForChat } from "@/components/person/useAskForChat";
import { ProjectCard } from "@/components/project/ProjectCard";
import { useToggleBookmark } from "@/components/project/useToggleBookmark";
import classes from "./BoardPage.module.css";

/** Projects of people with a similar stack, each with the reason why it is shown. */
export function Recommended() {
  const { t } = useTranslation("board");
  const { data: me } = useMe();
  const toggleBookmark = useToggleBookmark();
  const askForChat = useAskForChat();
  const list = useQuery(recommendationsQuery());
  const noSkills = me && !me.profile?.skills?.length;
  if (list.data?.results.length === 0) return null;
  return (
    <section className={classes.recommended} aria-labelledby="recommended-title">
      <Group justify="space-between" align="baseline" mb={8}>
        <Title order={2} id="recommended-title">
          {t("recommended.title")}
        </Title>
        {me && (
          <Text size="sm" c="dimmed">
            {noSkills ? (
              <Anchor component={Link} to="/me?tab=profile" inherit>
                {t("recommended.noSkills")}
              </Anchor>
            ) : (
              t("recommended.text")
            )}
          </Text>
        )}
      </Group>
      {list.isError ? (
        <ErrorState small error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <ul className={classes.row} aria-busy={list.isPending} aria-labelledby="recommended-title">
          {list.data
            ? list.data.results.map(({ project, reason }, index) => (
                <li key={project.id}>
                  <ProjectCard
                    level={3}
                    project={project}
                    eager={index < 4}
                    reason={<Why reason={reason} />}
                    onBookmark={toggleBookmark}
                    onAsk={askForChat}
                  />
                </li>
              ))
            : ["a", "b", "c", "d"].map((key) => (
                <li key={key}>
                  <Skeleton className={classes.rowSkeleton} />
                </li>
              ))}
        </ul>
      )}
    </section>
  );
}

function Why({ reason }: { reason: Reason }) {
  const { t } = useTranslation("board");
  switch (reason.kind) {
    case "similar_stack":
      return t("reason.similarStack", {
        name: reason.username,
        count: reason.shared_skills.length,
        skills: someOf(reason.shared_skills),
      });
    case "shared_skills":
      return t("reason.sharedSkills", {
        count: reason.skills.length,
        skills: someOf(reason.skills),
      });
    case "popular":
      return t("reason.popular");
  }
}

function someOf(skills: string[]): string {
  return skills.slice(0, 3).join(", ") + (skills.length > 3 ? " …" : "");
}
