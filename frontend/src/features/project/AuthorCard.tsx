import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe, userQuery } from "@/api/users";
import { AskForChat } from "@/components/person/AskForChat";
import { ProfileFacts } from "@/components/person/ProfileFacts";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import classes from "./ProjectPage.module.css";

interface Props {
  projectId: number;
  username: string;
  image: string | null;
}

/** Who made it, with the way to talk to them. */
export function AuthorCard({ projectId, username, image }: Props) {
  const { t } = useTranslation("project");
  const { data: me } = useMe();
  const { data: author } = useQuery(userQuery(username));
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
      {author?.profile.description && (
        <Text size="sm" lineClamp={4} dir="auto">
          {author.profile.description}
        </Text>
      )}
      <SkillList names={author?.profile.skills} most={8} />
      {author && <ProfileFacts profile={author.profile} />}
      {me?.username !== username && (
        <>
          <AskForChat username={username} fullWidth />
          <Group gap={4} justify="center" mih={22}>
            <SafetyButtons
              reported={{ kind: "project", id: String(projectId), author: username }}
              block
            />
          </Group>
        </>
      )}
    </Stack>
  );
}
