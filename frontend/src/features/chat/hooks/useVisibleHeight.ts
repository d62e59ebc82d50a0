import { type RefObject, useEffect } from "react";

/**
 * Fits an element into what the page and the on-screen keyboard leave: `dvh` knows of neither
 * keyboards nor messages above. Sets `--page-top`, `--visible-height` and `--visible-top`, and
 * `data-keyboard` while a keyboard covers the page.
 */
export function useVisibleHeight(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const target = element.current;
    const viewport = window.visualViewport;
    if (!target) return;
    function adapt() {
      if (!target) return;
      // Zoomed in, the visible part is small without any keyboard.
      const zoomed = (viewport?.scale ?? 1) > 1.05;
      const height = viewport?.height ?? window.innerHeight;
      const keyboard = !zoomed && height < window.innerHeight - 120;
      if (!target.hasAttribute("data-keyboard")) {
        const top = target.getBoundingClientRect().top + window.scrollY;
        target.style.setProperty("--page-top", `${top}px`);
      }
      target.toggleAttribute("data-keyboard", keyboard);
      target.style.setProperty("--visible-height", `${height}px`);
      target.style.setProperty("--visible-top", `${viewport?.offsetTop ?? 0}px`);
    }
    adapt();
    const observer = new ResizeObserver(adapt);
    observer.observe(document.body);
    viewport?.addEventListener("resize", adapt);
    viewport?.addEventListener("scroll", adapt);
    return () => {
      observer.disconnect();
      viewport?.removeEventListener("resize", adapt);
      viewport?.removeEventListener("scroll", adapt);
    };
  }, [element]);
}
