type Kind = "done" | "failed";

const first = new Set<() => void>();

/** Call `listener` when the first message is to be shown; returns what ends that. */
export function onFirstMessage(listener: () => void): () => void {
  first.add(listener);
  return () => first.delete(listener);
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
