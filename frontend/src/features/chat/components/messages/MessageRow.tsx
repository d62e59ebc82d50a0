import { VisuallyHidden } from "@mantine/core";
import { memo } from "react";
import { UserAvatar } from "@/components/person/UserAvatar";
import { moment } from "@/components/text/format";
import type { MessageLine } from "@/features/chat/model/messageLines";
import { clock } from "@/features/chat/text/time";
import { useTranslation } from "@/i18n";
import { Bubble } from "./Bubble";
import classes from "./MessageList.module.css";
import { ReportMessage } from "./ReportMessage";

interface Props {
  roomId: string;
  message: MessageLine["message"];
  mine: boolean;
  first: boolean;
  last: boolean;
  /** Shown below it, where the partner's read mark stands. */
  read: boolean;
  /** The partner's as it is now, where there still is one. */
  partnerName: string | undefined;
  partnerImage: string | null | undefined;
}

/** One message of the list. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { roomId, message, mine, first, last, read, partnerName, partnerImage } = props;
  const { t, i18n } = useTranslation("chat");
  const { created_at: at } = message;
  const name = mine ? t("messages.me") : (partnerName ?? t("common:person.deleted"));
  return (
    <li
      className={classes.row}
      data-seq={message.seq}
      data-mine={mine || undefined}
      data-first={first || undefined}
    >
      {!mine && first && (
        <span className={classes.face}>
          <UserAvatar name={partnerName} image={partnerImage} size={32} />
        </span>
      )}
      <div className={classes.said}>
        {mine || !first ? (
          <VisuallyHidden>{name}</VisuallyHidden>
        ) : (
          <span className={classes.sender}>{name}</span>
        )}
        <div className={classes.beside}>
          <Bubble text={message.body} />
          {last && (
            <time
              className={classes.time}
              dateTime={at}
              title={moment(i18n.language).format(new Date(at))}
            >
              {clock(at, i18n.language)}
            </time>
          )}
          {!mine && <ReportMessage roomId={roomId} seq={message.seq} author={partnerName} />}
        </div>
        {read && <span className={classes.note}>{t("messages.read")}</span>}
      </div>
    </li>
  );
});
