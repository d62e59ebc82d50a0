import { QueryClient } from "@tanstack/react-query";
import { isApiError } from "@/api/errors";

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

/** Waits until nothing is being asked for, but no longer than this. */
export function answered(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, milliseconds);
    const stop = queryClient.getQueryCache().subscribe(() => queryClient.isFetching() || finish());
    if (!queryClient.isFetching()) finish();

    function finish() {
      clearTimeout(timer);
      stop();
      done();
    }
  });
}
