import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { isApiError } from "@/api/errors";
import { sessionState, subscribe } from "@/auth/session";
import { Messages } from "./Messages";
import { cssVariablesResolver, theme } from "./theme";

/** A query cache that repeats what may succeed the next time, and nothing else. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache(),
    mutationCache: new MutationCache(),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 15 * 60_000,
        retry: (failures, error) =>
          failures < 2 && isApiError(error) && (error.status === 0 || error.status >= 502),
      },
    },
  });
}

/** Everything the screens stand on: look, data, messages. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  useEffect(() => {
    let before = sessionState();
    return subscribe(() => {
      // What another person saw must not stay; a first refresh changes nothing.
      const now = sessionState();
      if (now === "out") client.clear();
      else if (before === "out") void client.invalidateQueries();
      before = now;
    });
  }, [client]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        <Suspense fallback={null}>
          {children}
          <Messages />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}
