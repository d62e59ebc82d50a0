import { useReducer } from "react";
import { useMe } from "@/api/users";
import { keep, readKept } from "@/auth/accountStorage";

const NAME = "searches";
const MOST = 8;

/** What I searched for lately, newest first; this browser keeps it for my account alone. */
export function useRecentSearches(): { recent: string[]; remember: (text: string) => void } {
  const { data: me } = useMe();
  const [, showAgain] = useReducer((times: number) => times + 1, 0);
  const recent = me ? (readKept(me.id, NAME)?.split("\n") ?? []) : [];

  function remember(text: string) {
    if (!me || !text) return;
    keep(
      me.id,
      NAME,
      [text, ...recent.filter((other) => other !== text)].slice(0, MOST).join("\n"),
    );
    showAgain();
  }
  return { recent, remember };
}
