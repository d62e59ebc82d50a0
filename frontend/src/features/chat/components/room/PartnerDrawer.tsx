import { Button, Drawer, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { userQuery } from "@/api/users";
import { ErrorState } from "@/components/feedback/states";
import { ProfileFacts } from "@/components/person/profile/ProfileFacts";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import { useTranslation } from "@/i18n";

interface Props {
  username: string;
  opened: boolean;
  onClose: () => void;
  /** When it has gone: the caller takes the focus back. */
  onClosed: () => void;
}

/** Who I am talking to, alongside the conversation. */
export function PartnerDrawer({ username, opened, onClose, onClosed }: Props) {
  const { t } = useTranslation("chat");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={onClosed}
      returnFocus={false}
      position="right"
      size={400}
      title={t("drawer.title")}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <Profile username={username} />
    </Drawer>
  );
}

function Profile({ username }: { username: string }) {
  const { t } = useTranslation("chat");
  const user = useQuery(userQuery(username));
  if (user.isError) {
    return <ErrorState small error={user.error} onRetry={() => void user.refetch()} />;
  }
  if (!user.data) return <ProfileSkeleton />;
  const { profile = {} } = user.data;
  return (
    <Stack gap="lg">
      <Group gap="md" wrap="nowrap">
        <UserAvatar name={username} image={profile.image} size={72} />
        <Title order={3} size="h2">
          {username}
        </Title>
      </Group>
      <ProfileFacts profile={profile} />
      <Text
        c={profile.description ? undefined : "dimmed"}
        dir="auto"
        style={{ whiteSpace: "pre-wrap" }}
      >
        {profile.description || t("drawer.nothing")}
      </Text>
      {(profile.skills?.length ?? 0) > 0 && (
        <div>
          <Text size="sm" fw={600} mb={6}>
            {t("drawer.skills")}
          </Text>
          <SkillList names={profile.skills} />
        </div>
      )}
      <Button component={Link} to={`/users/${encodeURIComponent(username)}`} variant="light">
        {t("drawer.page")}
      </Button>
      <Group gap="xs" justify="center">
        <SafetyButtons reported={{ kind: "user", id: username, author: username }} block />
      </Group>
    </Stack>
  );
}

function ProfileSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack role="status" aria-label={t("loading")}>
      <Group gap="md" wrap="nowrap">
        <Skeleton circle height={72} width={72} />
        <Skeleton height={26} width="50%" />
      </Group>
      <Skeleton height={16} />
      <Skeleton height={16} width="80%" />
      <Skeleton height={24} width="65%" />
    </Stack>
  );
}
