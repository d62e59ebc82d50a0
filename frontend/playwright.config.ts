import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 8765);
const root = fileURLToPath(new URL("..", import.meta.url));

/** The whole site as `make run` serves it, with demo data, in a folder of its own. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/traces",
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  // A browser on a busy machine may miss a moment; what fails three times is broken.
  retries: process.env.CI ? 2 : 0,
  reporter: [["list"], ["html", { open: "never", outputFolder: "test-results/report" }]],
  use: {
    baseURL: `http://localhost:${port}`,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
  },
  projects: [
    {
      name: "desktop-ko",
      use: { locale: "ko-KR", timezoneId: "Asia/Seoul", viewport: { width: 1280, height: 900 } },
    },
    {
      name: "phone-en",
      use: {
        ...devices["Pixel 7"],
        locale: "en-US",
        timezoneId: "America/New_York",
        viewport: { width: 360, height: 740 },
      },
    },
  ],
  webServer: {
    command: `${process.env.PYTHON ?? ".venv/bin/python"} _utils/auto_runserver.py`,
    cwd: root,
    url: `http://localhost:${port}/readyz`,
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    env: { PORT: String(port), VAR_DIR: process.env.E2E_VAR_DIR ?? `${root}var/e2e` },
  },
});
