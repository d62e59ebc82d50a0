import { ActionIcon, Anchor, Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { Link } from "react-router";
import { recommendationsQuery, useDismiss } from "@/api/recommendations";
import type { ProjectCard as Card } from "@/api/types";
import { useMe } from "@/api/users";
import { notify } from "@/components/feedback/notify";
import { ErrorState } from "@/components/feedback/states";
import { useErrorText } from "@/components/feedback/useErrorText";
import { ProjectCard } from "@/components/project/ProjectCard";
import { useToggleBookmark } from "@/components/project/useToggleBookmark";
import { askAbout } from "@/components/request/openRequest";
import { useTranslation } from "@/i18n";
import classes from "./BoardPage.module.css";
import { Why } from "./Why";

/** Projects of people like me, each with the reason why it is shown. */
export function Recommended() {
  const { t } = useTranslation("board");
  const { data: me } = useMe();
  const toggleBookmark = useToggleBookmark();
  const { dismissed, dismiss, undo } = useDismissed();
  const list = useQuery(recommendationsQuery());
  const row = useRef<HTMLUListElement>(null);
  const move = (way: -1 | 1) =>
    row.current?.scrollBy({ left: way * row.current.clientWidth * 0.8 });
  const noSkills = me && !me.profile?.skills?.length;
  if (list.data?.results.length === 0 && !dismissed) return null;
  return (
    <section className={classes.recommended} aria-labelledby="recommended-title">
      <Group justify="space-between" mb={8}>
        <Title order={2} id="recommended-title">
          {t("recommended.title")}
        </Title>
        {dismissed ? (
          <Group gap={6} role="status">
            <Text size="sm" c="dimmed">
              {t("recommended.dismissed", { title: dismissed.title })}
            </Text>
            <Button size="compact-sm" variant="subtle" onClick={undo} autoFocus>
              {t("recommended.undo")}
            </Button>
          </Group>
        ) : (
          me && (
            <Text size="sm" c="dimmed" flex={1}>
              {noSkills ? (
                <Anchor component={Link} to="/me?tab=profile" inherit>
                  {t("recommended.noSkills")}
                </Anchor>
              ) : (
                t("recommended.text")
              )}
            </Text>
          )
        )}
        <div className={classes.arrows}>
          <ActionIcon variant="default" aria-label={t("recommended.back")} onClick={() => move(-1)}>
            <IconChevronLeft size={18} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t("recommended.on")} onClick={() => move(1)}>
            <IconChevronRight size={18} aria-hidden="true" />
          </ActionIcon>
        </div>
      </Group>
      {list.isError ? (
        <ErrorState small error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <ul
          ref={row}
          className={classes.row}
          aria-busy={list.isPending}
          aria-labelledby="recommended-title"
        >
          {list.data
            ? list.data.results.map(({ project, reason }, index) => (
                <li key={project.id}>
                  <ProjectCard
                    level={3}
                    project={project}
                    eager={index < 4}
                    reason={<Why reason={reason} />}
                    onBookmark={toggleBookmark}
                    onAsk={askAbout}
                    onDismiss={dismiss}
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

/** The project that was dismissed last, and how to dismiss one and take that back. */
function useDismissed() {
  const errorText = useErrorText();
  const [dismissed, setDismissed] = useState<Card | null>(null);
  const { mutate } = useDismiss();
  const dismiss = useCallback(
    (project: Card) => {
      setDismissed(project);
      mutate(
        { id: project.id, on: true },
        {
          onError: (error) => {
            setDismissed(null);
            void notify(errorText(error), "failed");
          },
        },
      );
    },
    [mutate, errorText],
  );
  const undo = () => {
    if (!dismissed) return;
    setDismissed(null);
    mutate(
      { id: dismissed.id, on: false },
      { onError: (error) => void notify(errorText(error), "failed") },
    );
  };
  return { dismissed, dismiss, undo };
}
