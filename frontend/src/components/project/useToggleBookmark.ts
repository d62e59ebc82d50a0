import { useCallback } from "react";
import { useNavigate } from "react-router";
import { useBookmark } from "@/api/bookmarks";
import { logInPath } from "@/auth/logInPath";
import { sessionState } from "@/auth/session";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";

/** Turns a project's bookmark on or off; visitors are asked to log in. */
export function useToggleBookmark(): (project: { id: number; bookmarked: boolean }) => void {
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { mutate } = useBookmark();
  return useCallback(
    ({ id, bookmarked }) => {
      if (sessionState() === "out") return void navigate(logInPath());
      mutate(
        { id, on: !bookmarked },
        { onError: (error) => void notify(errorText(error), "failed") },
      );
    },
    [errorText, navigate, mutate],
  );
}
