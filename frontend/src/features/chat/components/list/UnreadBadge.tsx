import { VisuallyHidden } from "@mantine/core";
import { useAlerts } from "@/features/chat/hooks/useAlerts";
import { useTranslation } from "@/i18n";
import { useInbox } from "@/realtime/inbox";
import classes from "./UnreadBadge.module.css";

const MOST = 99;

/** How many messages are unread, for the header; nothing when there are none. */
export function UnreadBadge() {
  const { t } = useTranslation("chat");
  const unread = useInbox();
  useAlerts();
  if (!unread) return null;
  return (
    <span className={classes.badge}>
      <span aria-hidden="true">{unread > MOST ? `${MOST}+` : unread}</span>
      <VisuallyHidden>{t("unread", { count: unread })}</VisuallyHidden>
    </span>
  );
}
