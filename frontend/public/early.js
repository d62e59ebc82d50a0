// Runs before the first paint. A dark page never flashes white; and what a visitor's first screen
// shows is asked for while the scripts are still on their way (src/app/start/earlyAnswer.ts takes the answer).
(() => {
  const saved = localStorage.getItem("mantine-color-scheme-value");
  const dark =
    saved === "dark" || (saved !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  // Whoever is signed in asks with a token, which this script has not.
  const path = localStorage.getItem("sidepro.signed-in") ? null : firstRequest();
  if (!path) return;
  const base = document.currentScript?.dataset.api ?? "";
  const answer = fetch(base + path, { headers: { Accept: "application/json" } });
  window.sideproEarly = { url: base + path, answer };
  answer.then(bringCover).catch(() => {
    // The screen that takes the answer says what went wrong.
  });

  function firstRequest() {
    const { pathname, search } = location;
    if (search) return null;
    if (pathname === "/") return "/api/v1/projects/?ordering=popular&page_size=8";
    if (pathname === "/projects") return "/api/v1/projects/?ordering=newest&page_size=12";
    return /^\/projects\/[1-9]\d*$/.test(pathname) ? `/api/v1${pathname}/` : null;
  }

  async function bringCover(response) {
    if (!response.ok) return;
    const found = await response.clone().json();
    const cover = found.results ? found.results[0]?.thumbnail_card : found.thumbnail;
    if (cover) new Image().src = cover.startsWith("/") ? base + cover : cover;
  }
})();
