import { useState } from "react";

/** What was typed and not sent, for each room until the tab is closed. */
export function useDraft(roomId: string): [string, (text: string) => void] {
  const key = `sidepro.chat-draft.${roomId}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  function change(next: string) {
    setText(next);
    try {
      if (next) sessionStorage.setItem(key, next);
      else sessionStorage.removeItem(key);
    } catch {
      // A full storage costs the draft, not the typing.
    }
  }
  return [text, change];
}
