import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env.E2E_PORT ?? 8765);
const root = fileURLToPath(new URL("..", import.meta.url));

// What `manage.py make_vapid_keys` prints: made once, and handed down to Playwright's workers.
if (!process.env.VAPID_PRIVATE_KEY) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const { x = "", y = "", d = "" } = privateKey.export({ format: "jwk" });
  const point = [Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
  process.env.VAPID_PUBLIC_KEY = Buffer.concat(point).toString("base64url");
  process.env.VAPID_PRIVATE_KEY = d;
}

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
    // Recording costs more than half as much again (five tests in two workers: 3.2 minutes, else 2.1).
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
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
    env: {
      PORT: String(port),
      VAR_DIR: process.env.E2E_VAR_DIR ?? `${root}var/e2e`,
      // Everybody signs up from one address here; who signs up too often is a test of `user`.
      THROTTLE_REGISTER: "1000/hour",
    },
  },
});
