import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { isApiError } from "@/api/http/errors";
import { useRoom } from "@/api/rooms";
import { ErrorState, Notice } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { MessageList } from "@/features/chat/components/messages/MessageList";
import { RequestCard } from "@/features/chat/components/requests/RequestCard";
import { roomStoreOf } from "@/features/chat/model/roomStores";
import { useTranslation } from "@/i18n";
import { useAttention } from "@/realtime/attention";
import { inboxOf } from "@/realtime/inbox";
import { BackToList } from "./BackToList";
import { Composer } from "./Composer";
import { ConnectionBanner } from "./ConnectionBanner";
import { GoneRoom } from "./GoneRoom";
import { PendingNote } from "./PendingNote";
import { RoomHeader } from "./RoomHeader";
import classes from "./RoomPane.module.css";

interface Props {
  roomId: string;
  /** My id. */
  me: number;
}

/** A coffee chat. Key it by the room. */
export function RoomPane({ roomId, me }: Props) {
  const { t } = useTranslation("chat");
  const client = useQueryClient();
  const room = useRoom(roomId);
  const store = useMemo(() => roomStoreOf(client, roomId, me), [client, roomId, me]);
  const view = useSyncExternalStore(store.subscribe, store.snapshot);
  const attention = useAttention();
  const [atEnd, setAtEnd] = useState(false);

  useEffect(() => {
    store.enter();
    return () => store.leave();
  }, [store]);

  useEffect(() => store.setAway(!attention), [store, attention]);

  const reading = attention && atEnd && view.loaded;
  useEffect(() => {
    if (!reading) return;
    const inbox = inboxOf(client);
    inbox.setReading(roomId);
    return () => inbox.setReading(null);
  }, [client, reading, roomId]);

  const onSeen = useCallback((seq: number) => store.readUpTo(seq), [store]);
  const onOlder = useCallback(() => void store.loadOlder(), [store]);
  const onRetry = useCallback((id: string) => store.retry(id), [store]);
  const onDiscard = useCallback((id: string) => store.discard(id), [store]);

  // A room that was gone and is mine again: asking once more brought it back.
  const gone = view.connection === "gone";
  const known = useRef(room);
  useEffect(() => {
    if (gone && room !== known.current) store.enterAgain();
    known.current = room;
  }, [store, gone, room]);

  const wasAsked = useRef(false);
  const partner = room?.partner ?? null;
  const name = partner?.username ?? (room ? t("common:person.deleted") : "");
  if (view.connection === "gone" || isApiError(view.failure, 404)) {
    return <GoneRoom partner={partner} />;
  }
  if (room?.pending_reason === "requested_of_me" && partner) {
    wasAsked.current = true;
    const first = view.messages[0] ?? room.last_message;
    return (
      <section className={classes.room} aria-label={t("request.title", { name })}>
        <PageTitle>{t("request.title", { name })}</PageTitle>
        <BackToList />
        <RequestCard room={room} person={partner} message={first?.body ?? ""} />
      </section>
    );
  }
  // Whoever has just accepted a request wants to answer it.
  const isAccepted = wasAsked.current;
  const silent = view.loaded && view.messages.length === 0 && view.outgoing.length === 0;
  return (
    <section className={classes.room} aria-label={t("room.label", { name })}>
      {name && <PageTitle>{name}</PageTitle>}
      <RoomHeader roomId={roomId} room={room} partnerName={name} view={view} />
      <ConnectionBanner
        view={view}
        onReconnect={() => store.reconnect()}
        onReload={() => void store.load()}
      />
      {view.failure ? (
        <div className={classes.fill}>
          <ErrorState small error={view.failure} onRetry={() => void store.load()} />
        </div>
      ) : silent && view.writable ? (
        <div className={classes.fill}>
          <Notice small title={t("hello.title", { name })} text={t("hello.text")} />
        </div>
      ) : (
        <MessageList
          roomId={roomId}
          view={view}
          partner={partner}
          partnerName={name}
          attentive={attention}
          onSeen={onSeen}
          onAtEnd={setAtEnd}
          onOlder={onOlder}
          onRetry={onRetry}
          onDiscard={onDiscard}
        />
      )}
      {view.loaded && !view.writable ? (
        <PendingNote room={room} roomId={roomId} partnerName={name} />
      ) : (
        <Composer
          accountId={me}
          roomId={roomId}
          partnerName={name}
          begin={isAccepted}
          suggestions={silent ? [t("hello.one"), t("hello.two"), t("hello.three")] : []}
          onSend={(text) => store.send(text)}
          onTyping={() => store.typing()}
        />
      )}
    </section>
  );
}
