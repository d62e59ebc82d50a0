import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useFollows } from "@/api/follows";
import { ErrorState } from "@/components/feedback/states";
import { FollowButton } from "@/components/follow/FollowButton";
import { UserAvatar } from "@/components/person/UserAvatar";
import { useTranslation } from "@/i18n";

/** What I follow, each with the way back. */
export function FollowedThings() {
  const { t } = useTranslation("notification");
  const follows = useFollows();
  const things = follows.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section aria-labelledby="followed">
      <Title order={2} size="h3" id="followed" mb="sm">
        {t("followed.title")}
      </Title>
      {follows.isPending && <Skeleton height={40} />}
      {follows.isError && (
        <ErrorState small error={follows.error} onRetry={() => void follows.refetch()} />
      )}
      {follows.data && things.length === 0 && <Text c="dimmed">{t("followed.none")}</Text>}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {things.map(({ person, skill }) => {
          if (person) {
            return (
              <Line
                key={`person ${person.username}`}
                icon={<UserAvatar name={person.username} image={person.image} />}
                to={`/users/${encodeURIComponent(person.username)}`}
                name={person.username}
                thing={{ username: person.username }}
              />
            );
          }
          return (
            skill?.slug && (
              <Line
                key={`skill ${skill.slug}`}
                to={`/skills/${encodeURIComponent(skill.slug)}`}
                name={skill.name}
                thing={{ slug: skill.slug }}
              />
            )
          );
        })}
      </Stack>
      {follows.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={follows.isFetchingNextPage}
          onClick={() => void follows.fetchNextPage()}
        >
          {t("common:list.more")}
        </Button>
      )}
    </section>
  );
}

interface LineProps {
  icon?: React.ReactNode;
  to: string;
  name: string;
  thing: React.ComponentProps<typeof FollowButton>["thing"];
}

function Line({ icon, to, name, thing }: LineProps) {
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        {icon}
        <Anchor component={Link} to={to} fw={600} dir="auto">
          {name}
        </Anchor>
      </Group>
      <FollowButton thing={thing} name={name} known />
    </Group>
  );
}
