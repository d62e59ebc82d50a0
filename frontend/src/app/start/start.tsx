/** How the site begins: texts, routes, the first screen's data, then the first rendering. */
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { answerFrom } from "@/api/client";
import { nextTask } from "@/components/page/nextTask";
import { startTexts } from "@/i18n";
import { Providers } from "../providers";
import { createRouter } from "../router";
import { takeEarlyAnswer } from "./earlyAnswer";
import { prepareFirstScreen } from "./firstScreen";
import { bringFonts } from "./fonts";

/** Begin in steps: the browser stays free to answer the person between them. */
export async function start(element: HTMLElement): Promise<void> {
  answerFrom(takeEarlyAnswer);
  await nextTask();
  startTexts();
  await nextTask();
  const router = createRouter();
  await nextTask();
  await prepareFirstScreen(window.location, 60);
  await nextTask();
  const root = createRoot(element);
  // A transition is rendered in slices.
  startTransition(() =>
    root.render(
      <StrictMode>
        <Providers>
          <RouterProvider router={router} />
        </Providers>
      </StrictMode>,
    ),
  );

  bringFonts((then) => {
    const { key } = router.state.location;
    const stop = router.subscribe(({ location }) => {
      if (location.key === key) return;
      stop();
      then();
    });
  });
}
