import { Button, Skeleton, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { Link } from "react-router";
import { itemsOf } from "@/api/http/pages";
import {
  type Notification,
  useMarkRead,
  useNotifications,
  useUnreadNotifications,
} from "@/api/notifications";
import { ErrorState } from "@/components/feedback/states";
import { useTranslation } from "@/i18n";
import { endPushesWithSession, useRenewedPushes } from "@/realtime/push";
import { NotificationRow } from "./NotificationRow";
import classes from "./notification.module.css";
import { useReadByLink } from "./useReadByLink";

const MOST = 99;
const IN_PANEL = 8;

endPushesWithSession();

/** The bell with the number of unread notifications, and behind it the newest. */
export function Bell() {
  const { t } = useTranslation("notification");
  const unread = useUnreadNotifications();
  const id = useId();
  const bell = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  useRenewedPushes();
  useReadByLink();
  return (
    <>
      <button
        ref={bell}
        type="button"
        className={classes.bell}
        popoverTarget={id}
        aria-label={unread ? t("bellUnread", { number: unread }) : t("title")}
      >
        <IconBell size={20} aria-hidden="true" />
        {unread > 0 && (
          <span className={classes.number} aria-hidden="true">
            {unread > MOST ? `${MOST}+` : unread}
          </span>
        )}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t("title")}
        className={classes.panel}
        onBlur={({ currentTarget, relatedTarget }) => {
          // It would lie over what the keyboard has gone on to.
          const isHere = currentTarget.contains(relatedTarget) || relatedTarget === bell.current;
          if (relatedTarget && !isHere) currentTarget.hidePopover();
        }}
        onToggle={(event) => setOpened(event.newState === "open")}
      >
        {opened && <Panel unread={unread} close={() => panel.current?.hidePopover()} />}
      </div>
    </>
  );
}

function Panel({ unread, close }: { unread: number; close: () => void }) {
  const { t } = useTranslation("notification");
  const list = useNotifications();
  const markRead = useMarkRead();
  const rows = itemsOf(list.data).slice(0, IN_PANEL);

  function open(row: Notification) {
    if (!row.read_at) markRead.mutate([row.id]);
    if (row.url) close();
  }

  return (
    <>
      <div className={classes.panelHead}>
        <Text fw={700}>{t("title")}</Text>
        {unread > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => markRead.mutate("all")}>
            {t("readAll")}
          </Button>
        )}
      </div>
      {list.isPending && <Skeleton height={64} />}
      {list.isError && <ErrorState small error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && (
        <Text c="dimmed" size="sm" ta="center" p="lg">
          {t("empty.text")}
        </Text>
      )}
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <NotificationRow row={row} onOpen={open} />
          </li>
        ))}
      </ul>
      <Link to="/notifications" className={classes.panelFoot} onClick={close}>
        {t("showAll")}
      </Link>
    </>
  );
}
