/**
 * How the site begins: texts, routes, the first screen's data, then the first rendering.
 *
 * What each trick buys, on the board as a visitor's first page on a slow phone (processor four times
 * slower than the machine's, 1.6 Mbit/s, 150 ms; medians of 5 to 7 loads in turn, in the same run).
 * LCP: when the largest picture stands; TBT: how long the page did not answer; in milliseconds.
 *
 *   with all of them                                            LCP 2000   TBT  31
 *   with the data asked for by scripts, not written in the page LCP 2412   TBT 144
 *   without the pauses of `nextTask` in this file               LCP 2244   TBT 170
 *   without `prepareFirstScreen` (no skeleton for 60 ms)        LCP 2128   TBT  39
 *   without styles first and compile hints (`vite.config.ts`)   LCP 2212   TBT  81
 *   with Pretendard at once (`fonts.ts`)                        LCP 2292   TBT 121
 *
 *   and, in a second run: with all of them                      LCP 2276   TBT  61
 *   without cards one by one (`useProgressiveCount`)            LCP 2260   TBT 199
 *   without transitions and `useDeferredValue`                  LCP 2056   TBT 168
 */
import { StrictMode, startTransition } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { sessionState } from "@/auth/session";
import { nextTask } from "@/components/page/nextTask";
import { startTexts } from "@/i18n";
import { bringServiceWorker } from "@/realtime/serviceWorker";
import { Providers } from "../providers";
import { queryClient } from "../queryClient";
import { createRouter } from "../router";
import { prepareFirstScreen } from "./firstScreen";
import { bringFonts } from "./fonts";
import { beginAtTop } from "./freshScroll";
import { forgetPageHead, takePageData } from "./pageData";
import { routesReady } from "./routesReady";

/** Begin in steps: the browser stays free to answer the person between them. */
export async function start(element: HTMLElement): Promise<void> {
  await nextTask();
  await startTexts();
  beginAtTop();
  await nextTask();
  const router = createRouter();
  await nextTask();
  // What the server wrote into the page stands until the screen that takes its place is whole.
  const signedIn = sessionState() !== "out";
  if (takePageData(queryClient, window.location.pathname, signedIn)) await routesReady(router);
  else await prepareFirstScreen(window.location, 60);
  await nextTask();
  const root = createRoot(element);
  const render = () =>
    root.render(
      <StrictMode>
        <Providers>
          <RouterProvider router={router} />
        </Providers>
      </StrictMode>,
    );
  // A transition is rendered in slices. Between two of them a screen may arrive whose code is still
  // being read, and RouterProvider, which listens only when it stands, would wait for it forever.
  if (router.state.initialized) startTransition(render);
  else flushSync(render);

  const nextScreen = (then: () => void) => {
    const { key } = router.state.location;
    const stop = router.subscribe(({ location }) => {
      if (location.key === key) return;
      stop();
      then();
    });
  };
  bringFonts(nextScreen);
  nextScreen(forgetPageHead);
  bringServiceWorker();
}
