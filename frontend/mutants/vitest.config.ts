/** As little as these tests need: with a whole page, each run of them starts in 2 s, not in 0.5. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": here("../src") } },
  test: { setupFiles: here("page.ts") },
});
