import { type RefObject, useEffect } from "react";

/**
 * Fits an element into what the on-screen keyboard leaves: `dvh` does not know of keyboards.
 * Sets `--visible-height` and `--visible-top`, and `data-keyboard` while one covers the page.
 */
export function useVisibleHeight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    const target = element.current;
    if (!viewport || !target) return;
    function adapt() {
      if (!viewport || !target) return;
      // Zoomed in, the visible part is small without any keyboard.
      const keyboard = viewport.scale < 1.05 && viewport.height < window.innerHeight - 120;
      target.toggleAttribute("data-keyboard", keyboard);
      target.style.setProperty("--visible-height", `${viewport.height}px`);
      target.style.setProperty("--visible-top", `${viewport.offsetTop}px`);
    }
    adapt();
    viewport.addEventListener("resize", adapt);
    viewport.addEventListener("scroll", adapt);
    return () => {
      viewport.removeEventListener("resize", adapt);
      viewport.removeEventListener("scroll", adapt);
    };
  }, [element]);
}
