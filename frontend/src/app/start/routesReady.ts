import type { createRouter } from "../router";

/** Resolves when the screen at the address has been read, however long its files take. */
export function routesReady(router: ReturnType<typeof createRouter>): Promise<void> {
  return new Promise((ready) => {
    if (router.state.initialized) return ready();
    const stop = router.subscribe(({ initialized }) => {
      if (!initialized) return;
      stop();
      ready();
    });
  });
}
