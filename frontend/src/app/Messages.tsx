import { lazy, Suspense, useEffect, useState } from "react";
import { onFirstMessage, showKeptMessage } from "@/components/feedback/notify";

const Notifications = lazy(async () => ({
  default: (await import("@mantine/notifications")).Notifications,
}));

/** Where short messages appear; its code is read when there is a first one to show. */
export function Messages() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const stop = onFirstMessage(() => setWanted(true));
    showKeptMessage();
    return stop;
  }, []);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Notifications position="bottom-center" limit={3} zIndex={400} />
    </Suspense>
  );
}
