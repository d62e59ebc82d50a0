import { useCallback } from "react";
import { useNavigate } from "react-router";
import { useCreateRoom } from "@/api/rooms";
import { logInPath } from "@/auth/logInPath";
import { sessionState } from "@/auth/session";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";

/** Asks somebody for a coffee chat and opens the room; visitors are asked to log in. */
export function useAskForChat(): (username: string) => Promise<void> {
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { mutateAsync: ask } = useCreateRoom();
  return useCallback(
    async (username) => {
      if (sessionState() === "out") return navigate(logInPath());
      try {
        const room = await ask(username);
        await navigate(`/chat/${room.id}`);
      } catch (error) {
        void notify(errorText(error), "failed");
      }
    },
    [errorText, navigate, ask],
  );
}
