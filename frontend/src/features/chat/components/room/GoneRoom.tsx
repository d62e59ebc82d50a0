import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useCreateRoom } from "@/api/rooms";
import { notify } from "@/components/feedback/notify";
import { Notice } from "@/components/feedback/states";
import { useErrorText } from "@/components/feedback/useErrorText";
import classes from "./RoomPane.module.css";

interface Props {
  /** Whose room it was, where we know it. */
  partner: string | undefined;
  /** The room that asking again led to. */
  onBack: (roomId: string) => void;
}

/** A room that is not mine (any more): a person who left may ask again. */
export function GoneRoom({ partner, onBack }: Props) {
  const { t } = useTranslation("chat");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const ask = useCreateRoom();

  function again(name: string) {
    ask.mutate(name, {
      onSuccess: (room) => {
        onBack(room.id);
        void navigate(`/chat/${room.id}`, { replace: true });
      },
      onError: (error) => void notify(errorText(error), "failed"),
    });
  }

  return (
    <div className={classes.fill}>
      <Notice
        title={t("gone.title")}
        text={partner ? t("gone.textAgain", { name: partner }) : t("gone.text")}
        action={
          <Group justify="center">
            {partner && (
              <Button loading={ask.isPending} onClick={() => again(partner)}>
                {t("gone.again")}
              </Button>
            )}
            <Button component={Link} to="/chat" variant="default">
              {t("gone.back")}
            </Button>
          </Group>
        }
      />
    </div>
  );
}
