/** How this browser calls for attention while a tab is open: both are off until asked for. */
import { useSyncExternalStore } from "react";

export interface AlertSettings {
  /** Show a notification of the system while no tab is looked at. */
  notifications: boolean;
  sound: boolean;
}

const KEY = "sidepro.alerts";
const OFF: AlertSettings = { notifications: false, sound: false };

let settings = read();
const listeners = new Set<() => void>();

// Another tab changed them.
window.addEventListener("storage", ({ key }) => {
  if (key === KEY) update(read());
});

/** What the person chose in this browser. */
export function alertSettings(): AlertSettings {
  return settings;
}

/** The same as a hook. */
export function useAlertSettings(): AlertSettings {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, alertSettings);
}

/** Turn notifications or the sound on or off; false where the browser does not allow it. */
export async function changeAlerts(part: Partial<AlertSettings>): Promise<boolean> {
  if (part.notifications && (await permission()) !== "granted") return false;
  const next = { ...settings, ...part };
  localStorage.setItem(KEY, JSON.stringify(next));
  update(next);
  return true;
}

/** Whether this browser knows notifications at all; phones' mostly do not, from a page. */
export function knowsNotifications(): boolean {
  return "Notification" in window;
}

async function permission(): Promise<NotificationPermission> {
  if (!knowsNotifications()) return "denied";
  return Notification.requestPermission();
}

/** What a notification says, and the page it leads to. A newer one of the same tag takes its place. */
export interface Alert {
  title: string;
  body: string;
  tag: string;
  path: string;
}

/** Show a notification; `open` is called with its page when the person clicks it. */
export function showNotification(alert: Alert, open: (path: string) => void): void {
  if (!knowsNotifications() || Notification.permission !== "granted") return;
  const { title, body, tag, path } = alert;
  try {
    const shown = new Notification(title, { body, tag, icon: "/owl.svg" });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open(path);
    };
  } catch {
    // Chrome on Android takes them from service workers only; ours opens the page itself.
    const icon = "/icons/192.png";
    void navigator.serviceWorker
      .getRegistration()
      .then((worker) => worker?.showNotification(title, { body, tag, icon, data: { url: path } }));
  }
}

/** Two soft notes. A tab in which nothing was clicked yet may not make a sound, and stays silent. */
export function playSound(): void {
  const audio = new AudioContext();
  if (audio.state === "suspended") return void audio.close();
  const now = audio.currentTime;
  for (const [delay, frequency] of [
    [0, 587],
    [0.13, 784],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, now + delay);
    volume.gain.linearRampToValueAtTime(0.06, now + delay + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, now + delay + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(now + delay);
    tone.stop(now + delay + 0.4);
  }
  setTimeout(() => void audio.close(), 1000);
}

function read(): AlertSettings {
  try {
    return { ...OFF, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<AlertSettings>) };
  } catch {
    return OFF;
  }
}

function update(next: AlertSettings): void {
  settings = next;
  for (const listener of listeners) listener();
}
