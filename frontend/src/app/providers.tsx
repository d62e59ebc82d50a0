import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, useEffect } from "react";
import { sessionState, subscribe } from "@/auth/session";
import { Messages } from "./Messages";
import { queryClient } from "./queryClient";
import { cssVariablesResolver, theme } from "./theme";

/** Everything the screens stand on: look, data, messages. */
export function Providers({ children }: { children: ReactNode }) {
  useEffect(() => {
    let before = sessionState();
    return subscribe(() => {
      // What another person saw must not stay; a first refresh changes nothing.
      const now = sessionState();
      if (now === "out") queryClient.clear();
      else if (before === "out") void queryClient.invalidateQueries();
      before = now;
    });
  }, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          {children}
          <Messages />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
