import { Anchor, Button, Divider, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useBlocks } from "@/api/moderation";
import { ErrorState } from "@/components/feedback/states";
import { UserAvatar } from "@/components/person/UserAvatar";
import { BlockButton } from "@/components/safety/BlockButton";
import { useTranslation } from "@/i18n";

/** Whom I block, each with the way back. */
export function BlockedPeople() {
  const { t } = useTranslation("safety");
  const blocks = useBlocks();
  const people = blocks.data?.pages.flatMap((page) => page.results.map((block) => block.user));
  return (
    <section>
      <Divider my="xl" />
      <Title order={2} size="h3">
        {t("block.list")}
      </Title>
      <Text c="dimmed" size="sm" my="sm">
        {t("block.listText")}
      </Text>
      {blocks.isError && <ErrorState error={blocks.error} onRetry={() => void blocks.refetch()} />}
      {blocks.isPending && <Skeleton height={40} />}
      {people?.length === 0 && <Text size="sm">{t("block.none")}</Text>}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {people?.map(({ username, image }) => (
          <Group component="li" key={username} justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
              <UserAvatar name={username} image={image} />
              <Anchor component={Link} to={`/users/${encodeURIComponent(username)}`} truncate>
                {username}
              </Anchor>
            </Group>
            <BlockButton username={username} known />
          </Group>
        ))}
      </Stack>
      {blocks.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={blocks.isFetchingNextPage}
          onClick={() => void blocks.fetchNextPage()}
        >
          {t("common:list.more")}
        </Button>
      )}
    </section>
  );
}
