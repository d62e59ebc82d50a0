/**
 * Who is signed in, in this tab and the others.
 *
 * The access token lives in memory only; the refresh token is a cookie that scripts cannot read.
 * localStorage holds a mark that a person signed in here, so that visitors never ask in vain.
 */
import { useSyncExternalStore } from "react";
import { apiBase } from "@/api/http/base";
import { forgetKept } from "./accountStorage";

type State = "unknown" | "in" | "out";

const MARK = "sidepro.signed-in";
// Refresh this long before the token ends, so that no request carries one that just did.
const MARGIN_MS = 30_000;
const LOG_OUT_WITHIN_MS = 5_000;

let token: string | null = null;
let expiresAt = 0;
let state: State = localStorage.getItem(MARK) ? "unknown" : "out";
let refreshing: Promise<string | null> | null = null;
const listeners = new Set<() => void>();
const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel("sidepro.session") : null;

otherTabs?.addEventListener("message", (event: MessageEvent<"in" | "out" | "left">) => {
  if (event.data === "in") {
    if (state === "out") become("unknown");
    return;
  }
  forget();
  if (event.data === "out") return;
  // What this tab wrote before it heard of it; and a new page keeps nothing of what was seen here.
  forgetKept();
  setTimeout(() => window.location.assign("/"));
});

/** A token that is good for the next request; null for visitors, or when no server answers. */
export async function getAccessToken(): Promise<string | null> {
  if (state === "out") return null;
  if (token && Date.now() < expiresAt - MARGIN_MS) return token;
  return refreshAccessToken(token);
}

/**
 * A new token in place of `refused`; requests that ask in the meantime share one refresh.
 * A refused refresh signs out; a server that does not answer leaves everything as it is.
 */
export function refreshAccessToken(refused: string | null): Promise<string | null> {
  if (state === "out") return Promise.resolve(null);
  if (token !== refused && token) return Promise.resolve(token);
  refreshing ??= refresh().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** A person signed in in this tab. */
export function signedIn(access: string): void {
  localStorage.setItem(MARK, "1");
  keep(access);
  otherTabs?.postMessage("in");
}

/** End the session on the server and in every tab; a server that is down does not keep one in. */
export async function signOut(): Promise<void> {
  const signal = AbortSignal.timeout(LOG_OUT_WITHIN_MS);
  await post("/api/v1/auth/logout/", signal).catch(() => undefined);
  left();
}

/** The person left this browser: nothing of theirs stays, in any tab. */
export function left(): void {
  forget();
  forgetKept();
  otherTabs?.postMessage("left");
}

/** The session ended by itself: the person may come back to what is kept for them. */
export function signedOut(): void {
  forget();
  otherTabs?.postMessage("out");
}

/** `in`, `out`, or `unknown` until the first refresh has answered. */
export function useSession(): State {
  return useSyncExternalStore(subscribe, () => state);
}

/** Call `listener` whenever a person signs in or out; returns what ends that. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same as `useSession`, outside of React. */
export function sessionState(): State {
  return state;
}

async function refresh(): Promise<string | null> {
  let response: Response;
  try {
    response = await post("/api/v1/auth/token/refresh/");
  } catch {
    return null;
  }
  if (response.ok) {
    const { access } = (await response.json()) as { access: string };
    keep(access);
    return access;
  }
  if (response.status === 401 || response.status === 400) signedOut();
  return null;
}

function post(path: string, signal?: AbortSignal): Promise<Response> {
  return fetch(apiBase + path, {
    ...(signal && { signal }),
    method: "POST",
    credentials: apiBase ? "include" : "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: "{}",
  });
}

function keep(access: string): void {
  token = access;
  expiresAt = expiryOf(access);
  become("in");
}

function forget(): void {
  localStorage.removeItem(MARK);
  token = null;
  expiresAt = 0;
  become("out");
}

function become(next: State): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

/** When a JWT ends, in milliseconds; unreadable ones are taken to end at once. */
function expiryOf(jwt: string): number {
  try {
    const payload = (jwt.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return (JSON.parse(atob(payload)) as { exp: number }).exp * 1000;
  } catch {
    return 0;
  }
}
