/** Where the API is: another origin set at build, or (empty) the page's own. */
export const apiBase = (import.meta.env.VITE_API_BASE_URL ?? "").replace(/\/$/, "");

/** The full address of something the API named relative to its own origin. */
export function apiUrl(path: string): string {
  return path.startsWith("/") ? apiBase + path : path;
}

/** The WebSocket address of a path such as `/ws/inbox/`. */
export function socketUrl(path: string): string {
  const url = new URL(apiBase + path, window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
