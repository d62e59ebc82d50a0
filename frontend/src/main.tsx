import "./app/styles";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { prepareFirstScreen } from "./app/firstScreen";
import { bringFonts } from "./app/fonts";
import { Providers } from "./app/providers";
import { createRouter } from "./app/router";
import { nextTask } from "./components/nextTask";
import { startTexts } from "./i18n";

/** Begin in steps: the browser stays free to answer the person between them. */
async function start(element: HTMLElement): Promise<void> {
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

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
void start(root);
