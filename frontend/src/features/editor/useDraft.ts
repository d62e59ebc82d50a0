import { useEffect, useRef, useState } from "react";
import { type Draft, dropDraft, keepDraft, readDraft, sameDraft } from "./draft";

const KEEP_AFTER_MS = 800;

/**
 * A draft that survives a closed tab: kept in this browser a moment after the last change, until
 * `done`. `restored` tells that it began with what was kept before.
 */
export function useDraft(name: string, original: Draft) {
  const [kept] = useState(() => readDraft(name));
  const [draft, setDraft] = useState<Draft>(kept?.draft ?? original);
  const [savedAt, setSavedAt] = useState<number | null>(kept?.savedAt ?? null);
  const [failed, setFailed] = useState(false);
  const finished = useRef(false);
  const changed = !sameDraft(draft, original);

  useEffect(() => {
    if (finished.current) return;
    if (!changed) {
      dropDraft(name);
      setSavedAt(null);
      return;
    }
    const keep = () => {
      if (finished.current) return;
      const at = keepDraft(name, draft);
      setFailed(at === null);
      if (at) setSavedAt(at);
    };
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    window.addEventListener("pagehide", keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keep);
    };
  }, [name, draft, changed]);

  return {
    draft,
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    changed,
    restored: kept !== null,
    savedAt,
    failed,
    /** Begin again with what is published (or nothing). */
    discard: () => setDraft(original),
    /** It was published: keep nothing any more. */
    done: () => {
      finished.current = true;
      dropDraft(name);
    },
  };
}
