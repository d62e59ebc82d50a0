import { Button, Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import type { RoomView } from "@/features/chat/model/roomStore";
import { useTranslation } from "@/i18n";
import classes from "./RoomPane.module.css";

/** A connection that is back this soon was never missed. */
const PATIENCE = 1500;

interface Props {
  view: RoomView;
  onReconnect: () => void;
  onReload: () => void;
}

/** Says that the room is not what it should be, and what one can do. */
export function ConnectionBanner({ view, onReconnect, onReload }: Props) {
  const { t } = useTranslation("chat");
  const { connection } = view;
  const away = connection === "connecting" || connection === "waiting";
  const lost = useLonger(away, PATIENCE);
  return (
    <div role="status">
      {connection === "refused" && (
        <div className={classes.banner}>
          <span>{t("connection.refused")}</span>
          <Button size="compact-sm" variant="default" onClick={onReconnect}>
            {t("connection.again")}
          </Button>
        </div>
      )}
      {lost && (
        <div className={classes.banner}>
          <Loader size={14} color="currentcolor" aria-hidden="true" />
          <span>{t("connection.lost")}</span>
          {connection === "waiting" && (
            <Button size="compact-sm" variant="default" onClick={onReconnect}>
              {t("connection.now")}
            </Button>
          )}
        </div>
      )}
      {connection === "open" && view.repair === "stopped" && (
        <div className={classes.banner}>
          <span>{t("connection.stuck")}</span>
          <Button size="compact-sm" variant="default" onClick={onReload}>
            {t("connection.reload")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Whether something has been so for that long. */
function useLonger(so: boolean, than: number): boolean {
  const [longer, setLonger] = useState(false);
  useEffect(() => {
    if (!so) {
      setLonger(false);
      return;
    }
    const timer = setTimeout(() => setLonger(true), than);
    return () => clearTimeout(timer);
  }, [so, than]);
  return so && longer;
}
