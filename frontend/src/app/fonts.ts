const FAMILY = '"Pretendard Variable"';
const KEPT = "sidepro.fonts";

/**
 * Bring Pretendard. Whoever was here before has it in the cache and gets it at once; at a first
 * visit it waits until the first screen is there, and all text changes in one step once its
 * pieces have arrived, instead of a little with each of them.
 */
export function bringFonts(): void {
  if (localStorage.getItem(KEPT)) void apply();
  else if (document.readyState === "complete") afterwards();
  else window.addEventListener("load", afterwards, { once: true });
}

function afterwards(): void {
  setTimeout(() => void apply(), 1200);
}

async function apply(): Promise<void> {
  await import("pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css");
  const text = document.body.textContent || "가";
  await Promise.allSettled([document.fonts.load(`1rem ${FAMILY}`, text)]);
  document.documentElement.dataset.fonts = "ready";
  localStorage.setItem(KEPT, "1");
}
