import { Button, Loader, Skeleton, VisuallyHidden } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo } from "react";
import type { Person } from "@/api/types";
import { useScroll } from "@/features/chat/hooks/useScroll";
import { messageLinesOf } from "@/features/chat/model/messageLines";
import { firstUnread } from "@/features/chat/model/roomReducer";
import type { RoomView } from "@/features/chat/model/roomStore";
import { dayName, useNow } from "@/features/chat/text/time";
import { useTranslation } from "@/i18n";
import classes from "./MessageList.module.css";
import { MessageRow } from "./MessageRow";
import { OutgoingRow } from "./OutgoingRow";

interface Props {
  roomId: string;
  view: RoomView;
  partner: Person | null;
  partnerName: string;
  /** Whether the person looks at the page. */
  attentive: boolean;
  /** Everything up to this message has been shown. */
  onSeen: (seq: number) => void;
  /** Whether the newest message is in sight. */
  onAtEnd: (atEnd: boolean) => void;
  onOlder: () => void;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
}

/** What was said in a room, the newest at the bottom. */
export function MessageList(props: Props) {
  const {
    roomId,
    view,
    partner,
    partnerName,
    attentive,
    onSeen,
    onAtEnd,
    onOlder,
    onRetry,
    onDiscard,
  } = props;
  const { messages, outgoing, me, newFrom, partnerRead, hasOlder, older, loaded } = view;
  const { t, i18n } = useTranslation("chat");
  const today = new Date(useNow(60_000));
  const lines = useMemo(
    () => messageLinesOf(messages, outgoing, me, newFrom, hasOlder),
    [messages, outgoing, me, newFrom, hasOlder],
  );
  const readSeq = messages.findLast(
    ({ seq, sender_id }) => sender_id === me && seq <= partnerRead,
  )?.seq;
  const onNearTop = useCallback(() => {
    if (hasOlder && older === "idle") onOlder();
  }, [hasOlder, older, onOlder]);
  const unread = firstUnread(view);
  const { scroller, content, atEnd, toEnd } = useScroll({
    ready: loaded,
    attentive,
    firstSeq: messages[0]?.seq,
    unreadSeq: unread?.seq,
    outgoingId: outgoing.at(-1)?.client_id,
    onNearTop,
    onSeen,
  });
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);

  const unseen =
    unread && !atEnd
      ? messages.filter((one) => one.seq >= unread.seq && one.sender_id !== me).length
      : 0;
  const connected = view.connection === "open";
  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={t("messages.label", { name: partnerName })}
        aria-busy={!loaded || older === "loading"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: people without a mouse scroll it by keyboard
        tabIndex={0}
      >
        <div ref={content} className={classes.content}>
          {loaded && messages.length > 0 && (
            <Beginning hasOlder={hasOlder} older={older} onOlder={onOlder} />
          )}
          {loaded ? (
            <ol className={classes.list}>
              {lines.map((line) => {
                if (line.kind === "day") {
                  return (
                    <li key={line.key} className={classes.day}>
                      <time dateTime={line.at}>{dayName(line.at, i18n.language, today)}</time>
                    </li>
                  );
                }
                if (line.kind === "new") {
                  return (
                    <li key={line.key} className={classes.new} data-new>
                      {t("messages.new")}
                    </li>
                  );
                }
                if (line.kind === "outgoing") {
                  return (
                    <OutgoingRow
                      key={line.key}
                      message={line.message}
                      first={line.first}
                      connected={connected}
                      onRetry={onRetry}
                      onDiscard={onDiscard}
                    />
                  );
                }
                return (
                  <MessageRow
                    key={line.key}
                    roomId={roomId}
                    message={line.message}
                    mine={line.mine}
                    first={line.first}
                    last={line.last}
                    read={line.message.seq === readSeq}
                    partnerName={partner?.username}
                    partnerImage={partner?.image}
                  />
                );
              })}
              {view.typingUntil > 0 && (
                <li className={classes.typing} aria-hidden="true">
                  <i />
                  <i />
                  <i />
                </li>
              )}
            </ol>
          ) : (
            <MessagesSkeleton />
          )}
        </div>
      </div>
      <VisuallyHidden role="status">
        {view.typingUntil > 0 ? t("messages.typing", { name: partnerName }) : ""}
      </VisuallyHidden>
      {!atEnd && loaded && (
        <Button
          className={classes.jump}
          size="compact-md"
          radius="xl"
          variant={unseen ? "filled" : "default"}
          leftSection={<IconArrowDown size={16} aria-hidden="true" />}
          onClick={toEnd}
        >
          {unseen ? t("messages.jumpNew", { count: unseen }) : t("messages.jump")}
        </Button>
      )}
    </div>
  );
}

interface BeginningProps {
  hasOlder: boolean;
  older: RoomView["older"];
  onOlder: () => void;
}

/** What stands above the oldest message. Always of the same height, so that nothing jumps. */
function Beginning({ hasOlder, older, onOlder }: BeginningProps) {
  const { t } = useTranslation("chat");
  return (
    <div className={classes.beginning}>
      {!hasOlder && t("messages.begin")}
      {hasOlder && older === "loading" && <Loader size="xs" aria-label={t("messages.older")} />}
      {hasOlder && older === "failed" && (
        <>
          {t("messages.olderFailed")}{" "}
          <Button size="compact-sm" variant="default" onClick={onOlder}>
            {t("common:error.retry")}
          </Button>
        </>
      )}
    </div>
  );
}

const WIDTHS = [
  { key: "a", width: "46%", mine: false },
  { key: "b", width: "62%", mine: false },
  { key: "c", width: "38%", mine: true },
  { key: "d", width: "54%", mine: false },
  { key: "e", width: "48%", mine: true },
  { key: "f", width: "30%", mine: true },
];

function MessagesSkeleton() {
  const { t } = useTranslation("chat");
  return (
    <div role="status" aria-label={t("messages.loading")} className={classes.skeleton}>
      {WIDTHS.map(({ key, width, mine }) => (
        <Skeleton key={key} height={38} radius={16} width={width} ml={mine ? "auto" : 42} />
      ))}
    </div>
  );
}
