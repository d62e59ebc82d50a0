import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Profile } from "@/api/types";
import { ProfileFacts } from "@/components/person/profile/ProfileFacts";
import { Shared } from "@/components/person/Shared";
import { SkillList } from "@/components/person/SkillList";
import { UserAvatar } from "@/components/person/UserAvatar";
import { useTranslation } from "@/i18n";
import classes from "./account.module.css";

interface Props {
  person: { username?: string; joined_at: string; profile?: Profile };
  action: ReactNode;
}

/** Who a person is. */
export function PersonHeader({ person, action }: Props) {
  const { t, i18n } = useTranslation("account");
  const joined = new Intl.DateTimeFormat(i18n.language, { year: "numeric", month: "long" });
  const profile = person.profile ?? {};
  return (
    <header className={classes.header}>
      <UserAvatar name={person.username} image={profile.image} size={96} />
      <Stack gap={8} style={{ minWidth: 0 }}>
        <Group justify="space-between" align="start" gap="sm">
          <div>
            <Title order={1} size="h2">
              {person.username}
            </Title>
            <Text size="sm" c="dimmed">
              {t("joined", { date: joined.format(new Date(person.joined_at)) })}
            </Text>
          </div>
          {action}
        </Group>
        {profile.description && (
          <Text className={classes.description} dir="auto">
            {profile.description}
          </Text>
        )}
        <Shared username={person.username ?? ""} profile={profile} />
        <SkillList names={profile.skills} />
        <ProfileFacts profile={profile} />
      </Stack>
    </header>
  );
}

/** The same, before it is known. */
export function PersonHeaderSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.header} role="status" aria-label={t("loading")}>
      <Skeleton circle height={96} width={96} />
      <Stack gap="sm">
        <Skeleton height={30} width="40%" />
        <Skeleton height={16} width="80%" />
        <Skeleton height={22} width="60%" />
      </Stack>
    </div>
  );
}
