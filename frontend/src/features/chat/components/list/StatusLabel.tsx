import type { Room } from "@/api/types";
import { useTranslation } from "@/i18n";
import classes from "./StatusLabel.module.css";

interface Props {
  status: Room["status"];
  /** Why no user may write, where that is so. */
  reason: Room["pending_reason"] | undefined;
}

/** How a coffee chat stands, in colour and in words; nothing while it is simply there. */
export function StatusLabel({ status, reason }: Props) {
  const { t } = useTranslation("chat");
  if (status === "stop" || (status === "pending" && !reason)) return null;
  return (
    <span className={classes.label} data-status={status}>
      {t(status === "running" ? "status.running" : `status.${reason}`)}
    </span>
  );
}
