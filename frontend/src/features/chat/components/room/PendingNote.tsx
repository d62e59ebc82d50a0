import { Button } from "@mantine/core";
import { useNavigate } from "react-router";
import { useLeaveRoom } from "@/api/rooms";
import type { Room } from "@/api/types";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";
import classes from "./RoomPane.module.css";

interface Props {
  room: Room | undefined;
  roomId: string;
  partnerName: string;
}

/** Why no user may write here, in the place where one would, and what one can do. */
export function PendingNote({ room, roomId, partnerName: name }: Props) {
  const { t } = useTranslation("chat");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const leave = useLeaveRoom(roomId);
  const reason = room && !room.partner ? "deleted" : (room?.pending_reason ?? "unavailable");
  const removable = reason === "requested_by_me" || reason === "expired";

  function remove() {
    // A promise, for the room may be gone from the screen before the answer is here.
    leave.mutateAsync().then(
      () => {
        void notify(t(`pending.${reason}.done`));
        void navigate("/chat", { replace: true });
      },
      (error) => void notify(errorText(error), "failed"),
    );
  }

  return (
    <div className={classes.readOnly} role="note">
      <strong>{t(`pending.${reason}.title`, { name })}</strong>
      <span>{t(`pending.${reason}.text`, { name })}</span>
      {removable && (
        <Button
          className={classes.readOnlyAction}
          size="compact-sm"
          variant="default"
          loading={leave.isPending}
          onClick={remove}
        >
          {t(`pending.${reason}.action`)}
        </Button>
      )}
    </div>
  );
}
