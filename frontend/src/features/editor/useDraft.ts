import { useEffect, useRef, useState } from "react";
import { type Draft, dropDraft, keepDraft, readDraft, sameDraft } from "./draft";

const KEEP_AFTER_MS = 800;

/**
 * A draft that survives a closed tab: kept in this browser a moment after the last change, until
 * `done`. `restored` tells that it began with what was kept before.
 */
export function useDraft(accountId: number, name: string, original: Draft, published?: number) {
  const [kept] = useState(() => readDraft(accountId, name));
  // What I have read; a draft that was begun from an older text stays one.
  const [version, setVersion] = useState(kept?.version ?? published);
  const [draft, setDraft] = useState<Draft>(kept?.draft ?? original);
  const [savedAt, setSavedAt] = useState<number | null>(kept?.savedAt ?? null);
  const [failed, setFailed] = useState(false);
  const finished = useRef(false);
  const changed = !sameDraft(draft, original);

  useEffect(() => {
    if (finished.current) return;
    if (!changed) {
      dropDraft(accountId, name);
      setSavedAt(null);
      return;
    }
    const keep = () => {
      if (finished.current) return;
      const at = keepDraft(accountId, name, draft, version);
      setFailed(at === null);
      if (at) setSavedAt(at);
    };
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [accountId, name, draft, changed, version]);

  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    changed,
    restored: kept !== null,
    savedAt,
    version,
    /** Go on from a newer published text. */
    setVersion,
    failed,
    /** Begin again with what is published (or nothing). */
    discard: () => setDraft(original),
    /** It was published: keep nothing any more. */
    done: () => {
      finished.current = true;
      dropDraft(accountId, name);
    },
  };
}
