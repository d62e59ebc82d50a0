import { NavLink } from "react-router";
import { itemsOf } from "@/api/http/pages";
import { useRequests } from "@/api/rooms";
import type { Room } from "@/api/types";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { UserAvatar } from "@/components/person/UserAvatar";
import { relativeTime } from "@/components/text/RelativeTime";
import classes from "@/features/chat/components/list/RoomList.module.css";
import { useTranslation } from "@/i18n";

/** The requests that wait for my answer, above the conversations; nothing when there are none. */
export function RequestsBox({ now }: { now: number }) {
  const { t } = useTranslation("chat");
  const requests = useRequests();
  const items = itemsOf(requests.data);
  if (!items.length) return null;
  return (
    <section aria-labelledby="requests-title" className={classes.requests}>
      <h2 id="requests-title">{t("requests.title", { count: items.length })}</h2>
      <ul className={classes.list}>
        {items.map((room) => (
          <li key={room.id}>
            <RequestRow room={room} now={now} />
          </li>
        ))}
      </ul>
      {requests.hasNextPage && <InfiniteEnd list={requests} />}
    </section>
  );
}

function RequestRow({ room, now }: { room: Room; now: number }) {
  const { t } = useTranslation("chat");
  const { partner, project, last_message: message } = room;
  return (
    <NavLink to={`/chat/${room.id}`} className={classes.row}>
      <UserAvatar name={partner?.username} image={partner?.image} size={44} />
      <span className={classes.text}>
        <span className={classes.line}>
          <span className={classes.name}>{partner?.username ?? t("common:person.deleted")}</span>
          <time dateTime={room.updated_at} className={classes.time}>
            {relativeTime(room.updated_at, t, now)}
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.last}>
            <bdi>{message?.body.slice(0, 160) || project?.title || t("requests.noWords")}</bdi>
          </span>
        </span>
      </span>
    </NavLink>
  );
}
