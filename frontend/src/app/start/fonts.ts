const FAMILY = '"Pretendard Variable"';
const KEPT = "sidepro.fonts";
const SIGNS = ["pointerdown", "keydown", "scroll"];

/** Calls back once, when the next screen opens. */
type NextScreen = (then: () => void) => void;

/**
 * Bring Pretendard. A visitor who was here before has it in the cache and gets it at once. At a first
 * visit it is fetched when the visitor begins to do something, and taken into use with the next
 * screen: letters of another width would move everything on the one that is being read.
 */
export function bringFonts(nextScreen: NextScreen): void {
  if (localStorage.getItem(KEPT)) void fetched().then(use);
  else
    firstSign(async () => {
      await fetched();
      localStorage.setItem(KEPT, "1");
      nextScreen(use);
    });
}

/** Calls back once, when the visitor begins to do something. */
function firstSign(then: () => void): void {
  const waiting = new AbortController();
  for (const sign of SIGNS) {
    const came = () => {
      waiting.abort();
      then();
    };
    window.addEventListener(sign, came, { passive: true, signal: waiting.signal });
  }
}

async function fetched(): Promise<void> {
  await import("pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css");
  const text = document.body.textContent || "가";
  await Promise.allSettled([document.fonts.load(`1rem ${FAMILY}`, text)]);
}

function use(): void {
  document.documentElement.dataset.fonts = "ready";
}
