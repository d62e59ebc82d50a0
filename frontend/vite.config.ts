import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { compression } from "vite-plugin-compression2";
import { defineConfig } from "vitest/config";

// `npm run dev` sends what is not the front end's to a running `make run`.
const server = process.env.API_SERVER ?? "http://127.0.0.1:8000";

const reactRouter = (file: string) =>
  fileURLToPath(
    new URL(`./node_modules/react-router/dist/production/${file}.mjs`, import.meta.url),
  );

/** Styles before scripts: the page's outline is painted while the scripts are on their way. */
const stylesFirst: Plugin = {
  name: "styles-first",
  transformIndexHtml: {
    order: "post",
    handler: (html) =>
      html.replaceAll(
        /<(script type="module"|link rel="modulepreload")/g,
        '<$1 fetchpriority="low"',
      ),
  },
};

/** Names the files that `public/head.js` has the browser bring along: texts by language, code by screen. */
const firstFiles: Plugin = {
  name: "first-files",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle = {} }) => {
      const names = {
        ko: "texts-ko",
        en: "texts-en",
        landing: "LandingPage",
        project: "ProjectPage",
      };
      const files = Object.entries(names).flatMap(([key, name]) => {
        const chunk = Object.values(bundle).find(
          (one) => one.type === "chunk" && one.name === name,
        );
        return chunk ? [` data-${key}="/${chunk.fileName}"`] : [];
      });
      return html.replace('src="/head.js"', (script) => script + files.join(""));
    },
  },
};

/** The legal texts for the server, which writes them into the pages that robots read. */
const legalTexts: Plugin = {
  name: "legal-texts",
  generateBundle() {
    const source = readFileSync("src/locales/ko/legal.json", "utf8");
    this.emitFile({ type: "asset", fileName: "legal.json", source });
  },
};

export default defineConfig({
  plugins: [
    react(),
    stylesFirst,
    firstFiles,
    legalTexts,
    // WhiteNoise and Nginx give out the compressed copy next to a file.
    compression({
      algorithms: ["gzip", "brotliCompress"],
      threshold: 1024,
      include: /\.(html|js|css|svg|json|txt)$/,
    }),
  ],
  resolve: {
    alias: [
      { find: "@", replacement: fileURLToPath(new URL("./src", import.meta.url)) },
      // By its own name one gets the build with the warnings for developers.
      { find: /^react-router$/, replacement: reactRouter("index") },
      { find: /^react-router\/dom$/, replacement: reactRouter("dom-export") },
    ],
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/media", "/static", "/admin", "/ws"].map((path) => [
        path,
        { target: server, ws: path === "/ws" },
      ]),
    ),
  },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 700,
    // Browsers that cannot preload are two years old by now; they fetch the files a little later.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Chrome compiles it while it is on its way, instead of each function at its first call
        // (https://v8.dev/blog/explicit-compile-hints).
        postBanner: ({ isEntry, name }) =>
          isEntry || name === "packages" ? "//# allFunctionsCalledOnLoad" : "",
        // What every first screen needs comes in two files: each more is a way to the server and back.
        codeSplitting: {
          groups: [
            // The first screens' texts, a file for each language (src/i18n.ts).
            {
              debugName: "texts",
              name: (id) => `texts-${/locales.(ko|en)/.exec(id)?.[1]}`,
              test: /locales.(ko|en).(common|board|landing|project)\.json/,
              priority: 2,
            },
            { name: "packages", tags: ["$initial"], test: /node_modules|rolldown/, priority: 1 },
            { name: "site", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: "src/testing/setup.ts",
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
});
