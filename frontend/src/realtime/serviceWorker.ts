import { sessionState, subscribe } from "@/auth/session";

/**
 * The worker that shows pushes and an offline page, started where it is not running yet. Rejects where
 * the browser cannot or may not.
 */
export async function serviceWorker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register("/sw.js");
  return navigator.serviceWorker.ready;
}

/** Start it for those who come back (who is signed in), once the page has everything it needs. */
export function bringServiceWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  const bring = () => {
    // A browser that refuses (private windows, a full disk) shows the site without it.
    if (sessionState() === "in") serviceWorker().catch(() => undefined);
  };
  const begin = () => {
    bring();
    subscribe(bring);
  };
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}
