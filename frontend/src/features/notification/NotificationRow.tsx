import { VisuallyHidden } from "@mantine/core";
import {
  IconAt,
  IconBookmark,
  IconCoffee,
  IconCornerDownRight,
  IconFlag,
  IconMessageCircle,
  IconShield,
  IconSparkles,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { Link } from "react-router";
import type { Notification } from "@/api/notifications";
import { UserAvatar } from "@/components/person/UserAvatar";
import { RelativeTime } from "@/components/text/RelativeTime";
import i18n, { type TFunction, useTranslation } from "@/i18n";
import classes from "./notification.module.css";

type IconProps = { size: number; "aria-hidden": "true" };

const ICONS: Record<Notification["kind"], ComponentType<IconProps>> = {
  comment: IconMessageCircle,
  reply: IconCornerDownRight,
  mention: IconAt,
  chat_request: IconCoffee,
  chat_accepted: IconCoffee,
  chat_message: IconCoffee,
  bookmark: IconBookmark,
  new_project: IconSparkles,
  report_outcome: IconFlag,
  moderation: IconShield,
};

/** What happened, in one sentence. */
export function sentence(row: Notification, t: TFunction): string {
  if (row.kind === "report_outcome") {
    const answer = `notification:answer.${row.title}`;
    return t(i18n.exists(answer) ? answer : "answer.other");
  }
  return t(`text.${row.kind}.${row.count > 1 ? "many" : "one"}`, {
    name: row.actor?.username ?? t("deletedPerson"),
    title: row.title,
    number: row.count,
  });
}

interface Props {
  row: Notification;
  onOpen: (row: Notification) => void;
}

/** One notification: who, what and when; the whole row leads there. */
export function NotificationRow({ row, onOpen }: Props) {
  const { t } = useTranslation("notification");
  const Icon = ICONS[row.kind];
  const content = (
    <>
      <span className={classes.who}>
        {row.actor ? (
          <UserAvatar name={row.actor.username} image={row.actor.image} size={40} />
        ) : (
          <img src="/owl.svg" alt="" width={40} height={40} />
        )}
        <span className={classes.kind}>
          <Icon size={13} aria-hidden="true" />
        </span>
      </span>
      <span className={classes.text}>
        {!row.read_at && <VisuallyHidden>{t("unreadOne")}</VisuallyHidden>}
        <span dir="auto">{sentence(row, t)}</span>
        <span className={classes.time}>
          <RelativeTime at={row.updated_at} />
        </span>
      </span>
      {!row.read_at && <span className={classes.dot} aria-hidden="true" />}
    </>
  );
  const look = row.read_at ? classes.row : `${classes.row} ${classes.unread}`;
  return row.url ? (
    <Link to={row.url} className={look} onClick={() => onOpen(row)}>
      {content}
    </Link>
  ) : (
    <button type="button" className={look} onClick={() => onOpen(row)}>
      {content}
    </button>
  );
}
