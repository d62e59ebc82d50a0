import { Box, Button, Group, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { recommendationKeys } from "@/api/recommendations";
import { useMe } from "@/api/users";
import { ErrorState } from "@/components/feedback/states";
import { PeopleLikeMe } from "@/components/person/PeopleLikeMe";
import { ProfileForm } from "@/components/person/profile/ProfileForm";
import { useTranslation } from "@/i18n";
import { FormPage } from "./FormPage";
import { safeNext } from "./next";
import { Starters } from "./Starters";

// The job that finds people like me comes each minute.
const ASK_EVERY = 15_000;

/** The first minutes: stack, place and time, projects to pick, people to meet; left at any time. */
export function WelcomePage() {
  const { t } = useTranslation("auth");
  const me = useMe();
  const client = useQueryClient();
  const [saved, setSaved] = useState(false);
  const [search] = useSearchParams();
  const next = safeNext(search, "/projects");
  if (me.isError) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data) return null;
  return (
    <FormPage
      title={t("welcome.title", { name: me.data.username })}
      text={t("welcome.text")}
      width={920}
    >
      <ProfileForm
        brief
        account={me.data}
        submitLabel={t("welcome.action")}
        onSaved={() => {
          setSaved(true);
          void client.invalidateQueries({ queryKey: recommendationKeys.starters });
          void client.invalidateQueries({ queryKey: recommendationKeys.people });
        }}
        secondary={
          saved ? (
            <Text size="sm" c="dimmed" role="status">
              {t("welcome.saved")}
            </Text>
          ) : (
            <Button component={Link} to={next} variant="subtle" color="gray">
              {t("welcome.later")}
            </Button>
          )
        }
      />
      <Title order={2} size="h3" mt="xl">
        {t("starters.title")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {t("starters.text")}
      </Text>
      <Starters />
      <Box mt="xl">
        <PeopleLikeMe askEvery={ASK_EVERY} most={3} />
      </Box>
      <Group justify="end" mt="lg">
        <Button component={Link} to="/projects/new" variant="light">
          {t("common:nav.write")}
        </Button>
        <Button component={Link} to={next} replace>
          {t("welcome.leave")}
        </Button>
      </Group>
    </FormPage>
  );
}
