import { useSyncExternalStore } from "react";

// Held, shared, by each tab that the person looks at; a tab that dies lets go of it.
const LOCK = "sidepro.looking";

/** Whether the person is looking at this tab. */
export function isLooking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** The same as a hook. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, isLooking);
}

/** Let the other tabs know while the person looks at this one; returns what ends that. */
export function shareAttention(): () => void {
  let looking: AbortController | null = null;
  const update = () => {
    if (!isLooking()) {
      looking?.abort();
      looking = null;
    } else if (!looking) {
      looking = new AbortController();
      const { signal } = looking;
      void navigator.locks?.request(LOCK, { mode: "shared" }, () =>
        signal.aborted
          ? undefined
          : new Promise<void>((release) => signal.addEventListener("abort", () => release())),
      );
    }
  };
  update();
  const stop = subscribe(update);
  return () => {
    stop();
    looking?.abort();
  };
}

/** Whether the person is looking at any tab of the site. */
export async function isLookingAnywhere(): Promise<boolean> {
  if (isLooking() || !navigator.locks) return isLooking();
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === LOCK);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("focus", listener);
  window.addEventListener("blur", listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    window.removeEventListener("focus", listener);
    window.removeEventListener("blur", listener);
    document.removeEventListener("visibilitychange", listener);
  };
}
