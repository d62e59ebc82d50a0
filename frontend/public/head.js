// Runs before the first paint.
(() => {
  // A dark page never flashes white.
  const saved = localStorage.getItem("mantine-color-scheme-value");
  const dark =
    saved === "dark" || (saved !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  // What only this reader's first screen needs comes along with the scripts, not after them: its
  // texts (chosen as in src/i18n.ts) and its code (src/app/router.tsx). The build names the files.
  const files = document.currentScript.dataset;
  const chosen = localStorage.getItem("sidepro.language");
  const korean = navigator.languages.some((tag) => tag.toLowerCase().startsWith("ko"));
  const screens = { landing: /^\/$/, project: /^\/projects\/\d+\/?$/ };
  const screen = Object.keys(screens).find((name) => screens[name].test(location.pathname));
  for (const file of [files[chosen ?? (korean ? "ko" : "en")], files[screen]]) {
    if (!file) continue;
    const link = document.createElement("link");
    Object.assign(link, {
      rel: "modulepreload",
      href: file,
      crossOrigin: "",
      fetchPriority: "low",
    });
    document.head.append(link);
  }
})();
