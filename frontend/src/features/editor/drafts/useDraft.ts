import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { draftKeys } from "@/api/drafts";
import { sessionState } from "@/auth/session";
import type { Beginning } from "./beginning";
import type { Draft } from "./draft";
import { DraftStore } from "./draftStore";
import type { DraftKey } from "./unsent";

/** A draft that has been opened: what its editor begins with, and whether this tab writes it. */
export interface OpenedDraft {
  key: DraftKey;
  beginning: Beginning;
  isMine: () => boolean;
}

/** The draft of this editor, and its state as it changes. */
export function useDraft({ key, beginning, isMine }: OpenedDraft, original: Draft) {
  const client = useQueryClient();
  const [store] = useState(
    () =>
      new DraftStore(key, original, beginning, () => {
        void client.invalidateQueries({ queryKey: draftKeys.list(key.accountId) });
      }),
  );
  useEffect(
    // What is on the screen after a log-out is neither sent nor kept.
    () => store.open(() => isMine() && sessionState() !== "out"),
    [store, isMine],
  );
  return { store, ...useSyncExternalStore(store.subscribe, store.getState) };
}
