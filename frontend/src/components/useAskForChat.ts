import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNavigate } from "react-router";
import { api, unwrap } from "@/api/client";
import { logInPath } from "@/auth/logInPath";
import { sessionState } from "@/auth/session";
import { notify } from "./notify";
import { useErrorText } from "./useErrorText";

/** Asks somebody for a coffee chat and opens the room; visitors are asked to log in. */
export function useAskForChat(): (username: string) => Promise<void> {
  const errorText = useErrorText();
  const navigate = useNavigate();
  const client = useQueryClient();
  return useCallback(
    async (username) => {
      if (sessionState() === "out") return navigate(logInPath());
      try {
        const room = await unwrap(api.POST("/api/v1/rooms/", { body: { partner: username } }));
        await client.invalidateQueries({ queryKey: ["rooms"] });
        await navigate(`/chat/${room.id}`);
      } catch (error) {
        void notify(errorText(error), "failed");
      }
    },
    [errorText, navigate, client],
  );
}
