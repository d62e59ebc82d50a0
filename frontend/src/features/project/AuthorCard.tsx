import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { Link } from "react-router";
import type { Project } from "@/api/types";
import { useMe, userQuery } from "@/api/users";
import { ProfileFacts } from "@/components/person/profile/ProfileFacts";
import { Shared } from "@/components/person/Shared";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { AskForChat } from "@/components/request/AskForChat";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import { useTranslation } from "@/i18n";
import classes from "./ProjectPage.module.css";

/** Who made it, with the way to talk to them. */
export function AuthorCard({ project }: { project: Project }) {
  const { username, image } = project.author;
  const { t } = useTranslation("project");
  const { data: me } = useMe();
  const { data } = useQuery(userQuery(username));
  // What arrives is rendered in slices; never another author's, which was there before.
  const author = useDeferredValue(data) && data;
  const isMine = me?.username === username;
  return (
    <Stack className={classes.author} gap="sm">
      <Group wrap="nowrap" gap="sm">
        <UserAvatar name={username} image={image} size={48} />
        <div style={{ minWidth: 0 }}>
          <Text size="xs" c="dimmed">
            {t("author")}
          </Text>
          <Link to={`/users/${encodeURIComponent(username)}`} className={classes.name}>
            {username}
          </Link>
        </div>
      </Group>
      {/* Above what comes later, so that it stays where it is. */}
      {!isMine && <AskForChat partner={project.author} project={project} fullWidth />}
      {author?.profile.description && (
        <Text size="sm" lineClamp={4} dir="auto">
          {author.profile.description}
        </Text>
      )}
      {author && <Shared username={username} profile={author.profile} />}
      <SkillList names={author?.profile.skills} most={8} />
      {author && <ProfileFacts profile={author.profile} />}
      {!isMine && (
        <Group gap={4} justify="center" mih={22}>
          <SafetyButtons
            reported={{ kind: "project", id: String(project.id), author: username }}
            block
          />
        </Group>
      )}
    </Stack>
  );
}
