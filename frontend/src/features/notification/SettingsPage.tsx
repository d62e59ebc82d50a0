import { Alert, Button, Select, Skeleton, Stack, Switch, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import {
  type NotificationSettings,
  type NotificationSettingsChange,
  pushKeyQuery,
  useChangeNotificationSettings,
  useNotificationSettings,
} from "@/api/notifications";
import { notify } from "@/components/feedback/notify";
import { ErrorState } from "@/components/feedback/states";
import { useErrorText } from "@/components/feedback/useErrorText";
import { PageTitle } from "@/components/page/PageTitle";
import { useTranslation } from "@/i18n";
import { FollowedThings } from "./FollowedThings";
import classes from "./notification.module.css";
import { PushSettings } from "./PushSettings";

const KINDS = [
  "comment",
  "reply",
  "mention",
  "chat_request",
  "chat_accepted",
  "chat_message",
  "bookmark",
  "new_project",
  "report_outcome",
  "moderation",
] as const;
const CHANNELS = ["site", "mail", "push"] as const;
const DIGESTS = ["off", "daily", "weekly"] as const;

/** How I want to be notified, and what I follow. */
export function SettingsPage() {
  const { t } = useTranslation("notification");
  const settings = useNotificationSettings();
  return (
    <Stack className={classes.page} gap="xl">
      <PageTitle>{t("settings.title")}</PageTitle>
      <Title order={1} size="h2">
        {t("settings.title")}
      </Title>
      {settings.isPending && <Skeleton height={320} aria-label={t("common:loading")} />}
      {settings.isError && (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.data && <Form settings={settings.data} />}
      <FollowedThings />
    </Stack>
  );
}

function Form({ settings }: { settings: NotificationSettings }) {
  const { t } = useTranslation("notification");
  const errorText = useErrorText();
  const change = useChangeNotificationSettings();
  const { data: pushKey } = useQuery(pushKeyQuery());
  const channels = CHANNELS.filter((channel) => channel !== "push" || pushKey);
  const save = (body: NotificationSettingsChange) =>
    change.mutate(body, { onError: (error) => void notify(errorText(error), "failed") });
  return (
    <>
      {settings.bounced && (
        <Alert color="amber" title={t("settings.bounced.title")}>
          <Text size="sm" mb="sm">
            {t("settings.bounced.text")}
          </Text>
          <Button size="compact-sm" onClick={() => save({ mail: true })}>
            {t("settings.bounced.action")}
          </Button>
        </Alert>
      )}
      <Switch
        checked={settings.mail && !settings.bounced}
        label={t("settings.mail")}
        description={t("settings.mailText")}
        onChange={({ currentTarget }) => save({ mail: currentTarget.checked })}
      />
      <Select
        label={t("settings.digest.label")}
        description={t("settings.digest.text")}
        value={settings.digest}
        allowDeselect={false}
        disabled={!settings.mail}
        data={DIGESTS.map((value) => ({ value, label: t(`settings.digest.${value}`) }))}
        onChange={(value) => {
          const digest = DIGESTS.find((name) => name === value);
          if (digest) save({ digest });
        }}
        maw={320}
      />
      <PushSettings settings={settings} save={save} />
      <table className={classes.switches}>
        <thead>
          <tr>
            <th scope="col">{t("settings.kind")}</th>
            {channels.map((channel) => (
              <th key={channel} scope="col">
                {t(`settings.channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`settings.kinds.${kind}`)}</th>
              {channels.map((channel) => (
                <td key={channel}>
                  {kind === "chat_message" && channel === "site" ? (
                    <Text span c="dimmed" size="xs">
                      {t("settings.inChat")}
                    </Text>
                  ) : (
                    <Switch
                      size="sm"
                      aria-label={`${t(`settings.kinds.${kind}`)} · ${t(`settings.channel.${channel}`)}`}
                      checked={settings.kinds?.[kind]?.[channel] ?? true}
                      disabled={channel === "mail" && !settings.mail}
                      onChange={({ currentTarget }) =>
                        save({ kinds: { [kind]: { [channel]: currentTarget.checked } } })
                      }
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
