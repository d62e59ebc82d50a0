const FAMILY = '"Pretendard Variable"';
const KEPT = "sidepro.fonts";

/** Calls back once, when the next screen opens. */
type NextScreen = (then: () => void) => void;

/**
 * Bring Pretendard. Whoever was here before has it in the cache and gets it at once. At a first
 * visit it is fetched after the first screen, and taken into use with the next one: letters of
 * another width would move everything on the screen that is being read.
 */
export function bringFonts(nextScreen: NextScreen): void {
  if (localStorage.getItem(KEPT)) void fetched().then(use);
  else if (document.readyState === "complete") afterwards(nextScreen);
  else window.addEventListener("load", () => afterwards(nextScreen), { once: true });
}

function afterwards(nextScreen: NextScreen): void {
  setTimeout(async () => {
    await fetched();
    localStorage.setItem(KEPT, "1");
    nextScreen(use);
  }, 1200);
}

async function fetched(): Promise<void> {
  await import("pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css");
  const text = document.body.textContent || "가";
  await Promise.allSettled([document.fonts.load(`1rem ${FAMILY}`, text)]);
}

function use(): void {
  document.documentElement.dataset.fonts = "ready";
}
