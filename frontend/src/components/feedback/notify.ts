type Kind = "done" | "failed";

const first = new Set<() => void>();

/** Call `listener` when the first message is to be shown; returns what ends that. */
export function onFirstMessage(listener: () => void): () => void {
  first.add(listener);
  return () => first.delete(listener);
}

const NEXT = "sidepro.message";

/** Show a short message after the page has been left for another one of this site. */
export function notifyOnNextPage(message: string): void {
  sessionStorage.setItem(NEXT, message);
}

/** Show what the page before this one had to say. */
export function showKeptMessage(): void {
  const message = sessionStorage.getItem(NEXT);
  sessionStorage.removeItem(NEXT);
  if (message) void notify(message);
}

/** Show a short message that goes away by itself. */
export async function notify(message: string, kind: Kind = "done"): Promise<void> {
  for (const listener of first) listener();
  const { notifications } = await import("@mantine/notifications");
  notifications.show({
    message,
    color: kind === "failed" ? "red" : "dusk",
    autoClose: kind === "failed" ? 7000 : 3500,
    withBorder: true,
  });
}
