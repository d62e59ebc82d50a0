import { Button } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { api, unwrap } from "@/api/client";
import { useSession } from "@/auth/session";
import { notify } from "./notify";
import { useErrorText } from "./useErrorText";

/** Asks somebody for a coffee chat and opens the room; visitors are asked to log in. */
export function AskForChat({ username, fullWidth }: { username: string; fullWidth?: boolean }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { pathname } = useLocation();
  const ask = useMutation({
    mutationFn: () => unwrap(api.POST("/api/v1/rooms/", { body: { partner: username } })),
    onSuccess: async (room) => {
      await client.invalidateQueries({ queryKey: ["rooms"] });
      await navigate(`/chat/${room.id}`);
    },
    onError: (error) => void notify(errorText(error), "failed"),
  });
  return (
    <Button
      fullWidth={fullWidth ?? false}
      loading={ask.isPending}
      leftSection={<IconCoffee size={18} aria-hidden="true" />}
      onClick={() => {
        if (session === "out") void navigate(`/login?next=${encodeURIComponent(pathname)}`);
        else ask.mutate();
      }}
    >
      {t("askForChat")}
    </Button>
  );
}
