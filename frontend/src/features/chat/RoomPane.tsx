import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { isApiError } from "@/api/errors";
import { PageTitle } from "@/components/PageTitle";
import { ErrorState, Notice } from "@/components/states";
import { useRoom } from "./api";
import { Composer } from "./Composer";
import { ConnectionBanner } from "./ConnectionBanner";
import { GoneRoom } from "./GoneRoom";
import { inboxOf, useInbox } from "./inbox";
import { MessageList } from "./MessageList";
import { RoomHeader } from "./RoomHeader";
import classes from "./RoomPane.module.css";
import { roomSession } from "./rooms";
import { useAttention } from "./useAttention";

interface Props {
  roomId: string;
  me: string;
}

/** A coffee chat. Key it by the room. */
export function RoomPane({ roomId, me }: Props) {
  const { t } = useTranslation("chat");
  const client = useQueryClient();
  const room = useRoom(roomId);
  const session = useMemo(() => roomSession(client, roomId, me), [client, roomId, me]);
  const view = useSyncExternalStore(session.subscribe, session.snapshot);
  const unread = useInbox();
  const attention = useAttention();
  const [atEnd, setAtEnd] = useState(false);

  useEffect(() => {
    session.enter();
    return () => session.leave();
  }, [session]);

  useEffect(() => session.setAway(!attention), [session, attention]);

  const reading = attention && atEnd && view.loaded;
  useEffect(() => {
    if (reading) session.readUpTo(view.lastSeq);
  }, [session, reading, view.lastSeq]);
  useEffect(() => {
    if (!reading) return;
    const inbox = inboxOf(client);
    inbox.setReading(roomId);
    return () => inbox.setReading(null);
  }, [client, reading, roomId]);

  const onOlder = useCallback(() => void session.loadOlder(), [session]);
  const onRetry = useCallback((id: string) => session.retry(id), [session]);
  const onDiscard = useCallback((id: string) => session.discard(id), [session]);

  const partner = room?.partner ?? null;
  const name = partner?.username ?? (room ? t("common:person.deleted") : "");
  if (view.connection === "gone" || isApiError(view.failure, 404)) {
    return (
      <GoneRoom
        partner={partner?.username}
        onBack={(id) => {
          if (id === roomId) session.reconnect();
        }}
      />
    );
  }
  const silent = view.loaded && view.messages.length === 0 && view.outgoing.length === 0;
  return (
    <section className={classes.room} aria-label={t("room.label", { name })}>
      {name && (
        <PageTitle>{unread ? t("room.titleUnread", { name, count: unread }) : name}</PageTitle>
      )}
      <RoomHeader roomId={roomId} room={room} partnerName={name} view={view} />
      <ConnectionBanner
        view={view}
        onReconnect={() => session.reconnect()}
        onReload={() => void session.load()}
      />
      {view.failure ? (
        <div className={classes.fill}>
          <ErrorState small error={view.failure} onRetry={() => void session.load()} />
        </div>
      ) : silent && view.writable ? (
        <div className={classes.fill}>
          <Notice small title={t("hello.title", { name })} text={t("hello.text")} />
        </div>
      ) : (
        <MessageList
          view={view}
          partner={partner}
          partnerName={name}
          onAtEnd={setAtEnd}
          onOlder={onOlder}
          onRetry={onRetry}
          onDiscard={onDiscard}
        />
      )}
      {view.loaded && !view.writable ? (
        <div className={classes.readOnly} role="note">
          <strong>{partner ? t("pending.title", { name }) : t("pending.deletedTitle")}</strong>
          <span>{partner ? t("pending.text", { name }) : t("pending.deletedText")}</span>
        </div>
      ) : (
        <Composer
          roomId={roomId}
          partnerName={name}
          suggestions={silent ? [t("hello.one"), t("hello.two"), t("hello.three")] : []}
          onSend={(text) => session.send(text)}
          onTyping={() => session.typing()}
        />
      )}
    </section>
  );
}
