import { Button } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { api, unwrap } from "@/api/client";
import { useSession } from "@/auth/session";
import classes from "./CardButton.module.css";
import { notify } from "./notify";
import { useErrorText } from "./useErrorText";

interface Props {
  username: string;
  fullWidth?: boolean;
  /** Only the icon, for cards. */
  compact?: boolean;
}

/** Asks somebody for a coffee chat and opens the room; visitors are asked to log in. */
export function AskForChat({ username, fullWidth = false, compact = false }: Props) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { pathname, search } = useLocation();
  const [asking, setAsking] = useState(false);

  async function ask() {
    if (session === "out") {
      await navigate(`/login?next=${encodeURIComponent(pathname + search)}`);
      return;
    }
    setAsking(true);
    try {
      const room = await unwrap(api.POST("/api/v1/rooms/", { body: { partner: username } }));
      await client.invalidateQueries({ queryKey: ["rooms"] });
      await navigate(`/chat/${room.id}`);
    } catch (error) {
      void notify(errorText(error), "failed");
    } finally {
      setAsking(false);
    }
  }

  if (compact) {
    return (
      <button
        type="button"
        className={classes.button}
        aria-label={t("askForChatWith", { name: username })}
        title={t("askForChat")}
        disabled={asking}
        onClick={() => void ask()}
      >
        <IconCoffee size={18} aria-hidden="true" />
      </button>
    );
  }
  return (
    <Button
      fullWidth={fullWidth}
      loading={asking}
      leftSection={<IconCoffee size={18} aria-hidden="true" />}
      onClick={() => void ask()}
    >
      {t("askForChat")}
    </Button>
  );
}
