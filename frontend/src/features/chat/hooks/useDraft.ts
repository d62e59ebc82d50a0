import { useState } from "react";
import { keep, readKept } from "@/auth/accountStorage";

/** What an account typed in a room and did not send; it outlives the tab, and log-out deletes it. */
export function useDraft(accountId: number, roomId: string): [string, (text: string) => void] {
  const name = `chat.${roomId}`;
  const [text, setText] = useState(() => readKept(accountId, name) ?? "");
  function change(next: string) {
    setText(next);
    // A full storage costs the draft, not the typing.
    keep(accountId, name, next);
  }
  return [text, change];
}
