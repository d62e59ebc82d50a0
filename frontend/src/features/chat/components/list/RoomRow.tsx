import { VisuallyHidden } from "@mantine/core";
import { memo } from "react";
import { NavLink } from "react-router";
import type { Room } from "@/api/types";
import { UserAvatar } from "@/components/person/UserAvatar";
import { relativeTime } from "@/components/text/RelativeTime";
import { useTranslation } from "@/i18n";
import classes from "./RoomList.module.css";
import { StatusLabel } from "./StatusLabel";

interface Props {
  room: Room;
  /** My id. */
  me: number | undefined;
  /** Moves on each minute. */
  now: number;
}

/** A coffee chat in the list. */
export const RoomRow = memo(function RoomRow({ room, me, now }: Props) {
  const { t } = useTranslation("chat");
  const name = room.partner?.username ?? t("common:person.deleted");
  const last = room.last_message;
  const at = last?.created_at ?? room.created_at;
  return (
    <NavLink to={`/chat/${room.id}`} className={classes.row}>
      <UserAvatar name={room.partner?.username} image={room.partner?.image} size={44} />
      <span className={classes.text}>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <StatusLabel status={room.status} reason={room.pending_reason} />
          <time dateTime={at} className={classes.time}>
            {relativeTime(at, t, now)}
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.last} data-unread={room.unread_count > 0 || undefined}>
            <bdi>{last ? words(last.body, last.sender_id === me) : t("list.nothingYet")}</bdi>
          </span>
          {room.unread_count > 0 && (
            <span className={classes.count}>
              <span aria-hidden="true">{room.unread_count > 99 ? "99+" : room.unread_count}</span>
              <VisuallyHidden>{t("unread", { count: room.unread_count })}</VisuallyHidden>
            </span>
          )}
        </span>
      </span>
    </NavLink>
  );

  function words(body: string, mine: boolean): string {
    // One line is shown: the rest of 4,000 characters would only be laid out.
    const text = body.slice(0, 160).replace(/\s+/g, " ");
    return mine ? t("list.mine", { text }) : text;
  }
});
