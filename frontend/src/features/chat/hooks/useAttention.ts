import { useSyncExternalStore } from "react";

/** Whether the person is looking at this tab. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, looking);
}

function looking(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
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
