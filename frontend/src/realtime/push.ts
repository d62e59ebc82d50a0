/**
 * Web Push in this browser. The server's half of a subscription ends with the log-in session, and so
 * does this half. Who turned it on and comes back after the session ran out has it again at once: a
 * mark is kept for the account (an explicit log-out deletes it), and `useRenewedPushes` follows it.
 */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { endPushes, pushKeyQuery, startPushes } from "@/api/notifications";
import { useMe } from "@/api/users";
import { keep, readKept } from "@/auth/accountStorage";
import { sessionState, subscribe } from "@/auth/session";
import { serviceWorker } from "./serviceWorker";

/** What can be done about pushes here; `absent` where the site sends none. */
export type PushState = "unsupported" | "absent" | "denied" | "off" | "on";

const MARK = "push";
const OFFERED = "sidepro.push-offered";

const isSupported = () =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** How it stands for this account in this browser, given the site's key. */
export async function pushState(accountId: number, key: string): Promise<PushState> {
  if (!key) return "absent";
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  if (Notification.permission !== "granted" || !readKept(accountId, MARK)) return "off";
  return (await subscription()) ? "on" : "off";
}

/** Ask the browser's leave and subscribe; without the leave nothing happens. Rejects on failure. */
export async function turnPushesOn(accountId: number, key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") return;
  const { pushManager } = await serviceWorker();
  const { endpoint, keys } = (await subscribed(pushManager, key)).toJSON();
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) throw new Error("the browser gives no keys");
  await startPushes({ endpoint, keys: { p256dh, auth } });
  keep(accountId, MARK, "on");
}

/** The end of pushes for this account in this browser. Rejects where the server does not answer. */
export async function turnPushesOff(accountId: number): Promise<void> {
  const found = await subscription();
  if (found) await endPushes(found.endpoint);
  await found?.unsubscribe();
  keep(accountId, MARK, "");
}

/** The state, and switches for it; they reject where it fails. */
export function usePushes() {
  const client = useQueryClient();
  const id = useMe().data?.id;
  const { data: key } = useQuery({ ...pushKeyQuery(), enabled: id !== undefined });
  const queryKey = ["pushes", id, key];
  const { data: state } = useQuery({
    queryKey,
    queryFn: () => pushState(id ?? 0, key ?? ""),
    enabled: id !== undefined && key !== undefined,
    // Leave is given and taken in the browser's own settings.
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
  const { mutateAsync, isPending } = useMutation({
    mutationFn: async (on: boolean) => {
      if (id === undefined || !key) return;
      await (on ? turnPushesOn(id, key) : turnPushesOff(id));
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return { state, turn: mutateAsync, isBusy: isPending };
}

/** Follow the mark, once a page load: the session, the site's key or the browser's address may be new. */
export function useRenewedPushes(): void {
  const id = useMe().data?.id;
  const marked = id !== undefined && isSupported() && readKept(id, MARK) !== null;
  const { data: key } = useQuery({ ...pushKeyQuery(), enabled: marked });
  useEffect(() => {
    if (!marked || !key || Notification.permission !== "granted") return;
    // What fails now is tried again with the next page.
    turnPushesOn(id, key).catch(() => undefined);
  }, [id, key, marked]);
}

/** End this browser's half whenever a session ends. */
export function endPushesWithSession(): void {
  if (!isSupported()) return;
  subscribe(() => {
    if (sessionState() !== "out") return;
    void subscription().then((found) => found?.unsubscribe());
  });
}

/** Whether pushes were never offered in this browser. */
export const mayOfferPushes = () => localStorage.getItem(OFFERED) === null;

/** Do not offer them again. */
export const noteOffer = () => localStorage.setItem(OFFERED, "1");

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** The browser's subscription for this key; one for an older key of the site gives way. */
async function subscribed(manager: PushManager, key: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
    await (await manager.getSubscription())?.unsubscribe();
    return manager.subscribe(options);
  }
}
