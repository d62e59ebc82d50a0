import { Button, Title } from "@mantine/core";
import { useRef } from "react";
import { Link, useParams } from "react-router";
import { useRequests, useRooms } from "@/api/rooms";
import { useMe } from "@/api/users";
import { ErrorState, Notice } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { useTranslation } from "@/i18n";
import classes from "./ChatPage.module.css";
import { AlertsMenu } from "./components/list/AlertsMenu";
import { RoomList } from "./components/list/RoomList";
import { RoomPane } from "./components/room/RoomPane";
import { useVisibleHeight } from "./hooks/useVisibleHeight";

/** My coffee chats and, alongside the list (on phones in its place), one of them. */
export function ChatPage() {
  const { t } = useTranslation("chat");
  const { roomId } = useParams();
  const me = useMe();
  const rooms = useRooms();
  const requests = useRequests();
  const empty =
    !roomId && [rooms, requests].every(({ data }) => data?.pages[0]?.results.length === 0);
  const page = useRef<HTMLDivElement>(null);
  useVisibleHeight(page);
  return (
    <div
      ref={page}
      className={classes.page}
      data-room={roomId !== undefined || undefined}
      data-empty={empty || undefined}
    >
      {!roomId && <PageTitle>{t("title")}</PageTitle>}
      <div className={classes.rooms}>
        <div className={classes.heading}>
          <Title order={roomId ? 2 : 1} className={classes.title}>
            {t("title")}
          </Title>
          <AlertsMenu />
        </div>
        <div className={classes.scroller}>
          <RoomList />
        </div>
      </div>
      <div className={classes.pane}>
        {me.isError && <ErrorState error={me.error} onRetry={() => void me.refetch()} />}
        {roomId && me.data && <RoomPane key={roomId} roomId={roomId} me={me.data.id} />}
        {!roomId && (
          <div className={classes.choose}>
            <Notice
              title={t("choose.title")}
              text={t("choose.text")}
              action={
                <Button component={Link} to="/projects" variant="light">
                  {t("choose.action")}
                </Button>
              }
            />
          </div>
        )}
      </div>
    </div>
  );
}
