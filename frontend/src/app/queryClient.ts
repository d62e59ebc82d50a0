import { QueryClient } from "@tanstack/react-query";
import { isApiError } from "@/api/http/errors";

/** The query cache: repeats what may succeed the next time, and nothing else. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 15 * 60_000,
      retry: (failures, error) =>
        failures < 2 && isApiError(error) && (error.status === 0 || error.status >= 502),
    },
  },
});
