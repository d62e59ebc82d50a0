import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertCircle, IconClock } from "@tabler/icons-react";
import { memo } from "react";
import type { Outgoing } from "@/features/chat/model/roomReducer";
import { useTranslation } from "@/i18n";
import { Bubble } from "./Bubble";
import classes from "./MessageList.module.css";

interface Props {
  message: Outgoing;
  first: boolean;
  connected: boolean;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
}

/** A message of mine on its way. */
export const OutgoingRow = memo(function OutgoingRow(props: Props) {
  const { message, first, connected, onRetry, onDiscard } = props;
  const { t } = useTranslation("chat");
  const failed = message.state === "failed";
  return (
    <li
      className={classes.row}
      data-mine
      data-first={first || undefined}
      data-state={message.seq ? undefined : message.state}
    >
      <div className={classes.said}>
        <VisuallyHidden>{t("messages.me")}</VisuallyHidden>
        <div className={classes.beside}>
          <Bubble text={message.body} />
          {!failed && !message.seq && (
            <IconClock
              className={classes.clock}
              size={13}
              {...(connected
                ? { role: "img", "aria-label": t("messages.sending") }
                : { "aria-hidden": true })}
            />
          )}
        </div>
        {failed && (
          <span className={classes.failure} role="alert">
            <IconAlertCircle size={14} aria-hidden="true" />
            {message.error === "read_only" ? t("messages.readOnly") : t("messages.failed")}
            <UnstyledButton onClick={() => onRetry(message.client_id)}>
              {t("messages.retry")}
            </UnstyledButton>
            <UnstyledButton onClick={() => onDiscard(message.client_id)}>
              {t("messages.discard")}
            </UnstyledButton>
          </span>
        )}
        {!failed && !message.seq && !connected && (
          <span className={classes.note}>{t("messages.waiting")}</span>
        )}
      </div>
    </li>
  );
});
