import { useTranslation } from "react-i18next";
import type { RoomStatus } from "@/features/chat/model/frames";
import classes from "./StatusLabel.module.css";

/** How a coffee chat stands, in colour and in words. */
export function StatusLabel({ status }: { status: RoomStatus }) {
  const { t } = useTranslation("chat");
  return (
    <span className={classes.label} data-status={status}>
      {t(`status.${status}`)}
    </span>
  );
}
