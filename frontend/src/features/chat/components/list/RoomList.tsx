import { Button, Skeleton } from "@mantine/core";
import { Link } from "react-router";
import { itemsOf } from "@/api/http/pages";
import { useRequests, useRooms } from "@/api/rooms";
import { useMe } from "@/api/users";
import { ErrorState, Notice } from "@/components/feedback/states";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { RequestsBox } from "@/features/chat/components/requests/RequestsBox";
import { useNow } from "@/features/chat/text/time";
import { useTranslation } from "@/i18n";
import classes from "./RoomList.module.css";
import { RoomRow } from "./RoomRow";

const SKELETONS = ["a", "b", "c", "d", "e", "f"];

/** My coffee chats, newest activity first. */
export function RoomList() {
  const { t } = useTranslation("chat");
  const { data: me } = useMe();
  const rooms = useRooms();
  const requests = useRequests();
  const now = useNow(60_000);
  const items = itemsOf(rooms.data);

  if (rooms.isPending) return <RoomListSkeleton />;
  if (rooms.isError && !items.length) {
    return <ErrorState small error={rooms.error} onRetry={() => void rooms.refetch()} />;
  }
  if (!items.length && !requests.data?.pages[0]?.results.length) {
    return (
      <Notice
        title={t("list.emptyTitle")}
        text={t("list.emptyText")}
        action={
          <Button component={Link} to="/projects">
            {t("list.emptyAction")}
          </Button>
        }
      />
    );
  }
  return (
    <nav aria-label={t("list.label")}>
      <RequestsBox now={now} />
      <ul className={classes.list}>
        {items.map((room) => (
          <li key={room.id}>
            <RoomRow room={room} me={me?.id} now={now} />
          </li>
        ))}
      </ul>
      {rooms.hasNextPage && <InfiniteEnd list={rooms} />}
    </nav>
  );
}

function RoomListSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")} className={classes.list}>
      {SKELETONS.map((key) => (
        <div key={key} className={classes.row}>
          <Skeleton circle height={44} width={44} />
          <span className={classes.text}>
            <Skeleton height={14} width="50%" mb={9} />
            <Skeleton height={12} width="85%" />
          </span>
        </div>
      ))}
    </div>
  );
}
