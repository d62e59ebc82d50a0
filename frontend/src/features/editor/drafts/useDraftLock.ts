import { useEffect, useMemo, useState } from "react";

/** Whether this tab is the one that writes a draft; `wait` until that is known. */
export type Holder = "wait" | "here" | "elsewhere";

// Long: a busy browser takes a while to give even a free lock.
const LET_GO_WITHIN_MS = 2000;

const nameOf = (id: string) => `sidepro.draft.${id}`;

/**
 * One draft is written in one tab: the one that opened it, until it is closed or another takes it
 * over. Where the browser has no locks, the server's 412 alone keeps two tabs apart.
 */
export function useDraftLock(id: string) {
  const [holder, setHolder] = useState<Holder>("locks" in navigator ? "wait" : "here");
  const lock = useMemo(() => draftLock(id, setHolder), [id]);
  useEffect(() => {
    // Not at once: the page before this one may still be letting go of it.
    lock.request({ signal: AbortSignal.timeout(LET_GO_WITHIN_MS) });
    return lock.release;
  }, [lock]);
  return { holder, isMine: lock.isMine, takeOver: () => lock.request({ steal: true }) };
}

function draftLock(id: string, tell: (holder: Holder) => void) {
  let release = () => {};
  let isMine = !("locks" in navigator);
  const change = (next: boolean) => {
    isMine = next;
    tell(next ? "here" : "elsewhere");
  };
  return {
    isMine: () => isMine,
    release: () => release(),
    request(options: LockOptions) {
      if (!("locks" in navigator)) return;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      navigator.locks
        .request(nameOf(id), options, () => {
          change(true);
          return released;
        })
        // Another tab has it, or took it over.
        .catch(() => change(false));
    },
  };
}

/** Run this while no tab writes the draft; false where one does. */
export async function withoutWriter(id: string, run: () => Promise<void>): Promise<boolean> {
  if (!("locks" in navigator)) {
    await run();
    return true;
  }
  return navigator.locks.request(nameOf(id), { ifAvailable: true }, async (lock) => {
    if (lock) await run();
    return lock !== null;
  });
}
