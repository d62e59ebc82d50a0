import { Button, Group, Skeleton, Stack, Title } from "@mantine/core";
import { IconSettings } from "@tabler/icons-react";
import { Link } from "react-router";
import { itemsOf } from "@/api/http/pages";
import {
  type Notification,
  useMarkRead,
  useNotifications,
  useUnreadNotifications,
} from "@/api/notifications";
import { ErrorState, Notice } from "@/components/feedback/states";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { PageTitle } from "@/components/page/PageTitle";
import { perLanguage } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import { byDay, nearName } from "./days";
import { NotificationRow } from "./NotificationRow";
import classes from "./notification.module.css";

const date = perLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: "long" }));

/** All my notifications, by day. */
export function NotificationsPage() {
  const { t, i18n } = useTranslation("notification");
  const list = useNotifications();
  const unread = useUnreadNotifications();
  const markRead = useMarkRead();
  const open = (row: Notification) => {
    if (!row.read_at) markRead.mutate([row.id]);
  };
  return (
    <div className={classes.page}>
      <PageTitle>{t("title")}</PageTitle>
      <Group justify="space-between" mb="sm">
        <Title order={1} size="h2">
          {t("title")}
        </Title>
        <Group gap="xs">
          {unread > 0 && (
            <Button variant="light" onClick={() => markRead.mutate("all")}>
              {t("readAll")}
            </Button>
          )}
          <Button
            component={Link}
            to="/settings/notifications"
            variant="default"
            leftSection={<IconSettings size={17} aria-hidden="true" />}
          >
            {t("settings.link")}
          </Button>
        </Group>
      </Group>
      {list.isPending && (
        <Stack gap="xs" role="status" aria-label={t("common:loading")}>
          {[1, 2, 3].map((key) => (
            <Skeleton key={key} height={64} />
          ))}
        </Stack>
      )}
      {list.isError && !list.data && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data && itemsOf(list.data).length === 0 && (
        <Notice title={t("empty.title")} text={t("empty.text")} />
      )}
      {byDay(itemsOf(list.data)).map(({ start, rows }) => {
        const near = nearName(start);
        return (
          <section key={start}>
            <h2 className={classes.day}>
              {near ? t(`day.${near}`) : date(i18n.language).format(start)}
            </h2>
            <ul className={classes.list}>
              {rows.map((row) => (
                <li key={row.id}>
                  <NotificationRow row={row} onOpen={open} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {list.hasNextPage && <InfiniteEnd list={list} />}
    </div>
  );
}
