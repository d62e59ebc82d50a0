import { expect } from "@playwright/test";
import { logIn, publish, test } from "./people";

const DEMO = ["demo@sidepro.dev", "night-owl-2026"] as const;

test("hostile Markdown is shown as text and runs nothing", async ({ page }) => {
  await logIn(page, ...DEMO);
  const id = await publish(page, {
    title: "<script>window.hacked = 1</script><b>title</b>",
    summary: "<img src=x onerror='window.hacked = 1'>",
    content: [
      "<script>window.hacked = 1</script>",
      "<img src=x onerror='window.hacked = 1'>",
      "<svg onload='window.hacked = 1'></svg>",
      "[click](javascript:window.hacked=1)",
      "<a href='java\tscript:window.hacked=1'>also</a>",
      "<iframe srcdoc='<script>parent.hacked = 1</script>'></iframe>",
      "<form action=/api/><input name=a><button>go</button></form>",
      "<p style='position:fixed;inset:0'>over</p>",
    ].join("\n\n"),
  });
  await page.goto(`/projects/${id}`);
  await expect(page.getByText("click", { exact: true })).toBeVisible();
  const article = page.locator("article div[dir=auto]").first();
  await expect(
    article.locator("script, iframe, form, svg[onload], [onerror], [style*=fixed]"),
  ).toHaveCount(0);
  for (const link of await article.locator("a").all()) {
    expect((await link.getAttribute("href")) ?? "").not.toMatch(/script:/i);
  }
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

test("a title without a space and right-to-left text stay inside the page", async ({ page }) => {
  await logIn(page, ...DEMO);
  const id = await publish(page, {
    title: "가".repeat(100),
    summary: "W".repeat(200),
    content: `${"x".repeat(3000)}\n\nمرحبا بالعالم، هذا مشروع جانبي`,
  });
  for (const path of [`/projects/${id}`, "/projects", "/me"]) {
    await page.goto(path);
    await expect(page.getByText("가".repeat(100)).first()).toBeVisible();
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widest).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  }
});

test("a server that is down is named, and trying again helps", async ({ page, say }) => {
  await page.route("**/api/v1/projects/**", (route) => route.abort());
  // A page brings its first data along; the next one has to ask.
  await page.goto("/login");
  await page
    .getByRole("link", { name: say("nav.projects"), exact: true })
    .first()
    .click();
  await expect(page.getByText(say("error.codes.network"))).toBeVisible({ timeout: 20_000 });
  await page.unroute("**/api/v1/projects/**");
  await page.getByRole("button", { name: say("error.retry") }).click();
  await expect(page.locator("article").first()).toBeVisible();
});

test("too many requests, too much text and wrong fields are said where they belong", async ({
  page,
  say,
}) => {
  await logIn(page, ...DEMO);
  await page.goto("/projects/new");
  await page.getByLabel(say("editor:title"), { exact: true }).fill("A");
  const answer = (status: number, code: string, attr: string | null, headers = {}) =>
    page.route("**/api/v1/projects/", (route) =>
      route.request().method() === "POST"
        ? route.fulfill({
            status,
            headers,
            json: { type: "client_error", errors: [{ code, detail: `detail of ${code}`, attr }] },
          })
        : route.continue(),
    );
  const send = page.getByRole("button", { name: say("editor:publish"), exact: true });

  await answer(429, "throttled", null, { "Retry-After": "7" });
  await send.click();
  await expect(page.getByText(say("error.throttledFor", { count: 7 }))).toBeVisible();
  await page.unroute("**/api/v1/projects/");

  await answer(413, "payload_too_large", null);
  await send.click();
  await expect(page.getByText(say("error.codes.http_413"))).toBeVisible();
  await page.unroute("**/api/v1/projects/");

  await answer(400, "invalid", "github_url");
  await send.click();
  await expect(page.getByText("detail of invalid")).toBeVisible();
  await expect(page.getByLabel(say("editor:github"))).toHaveAttribute("aria-invalid", "true");
});

test("an expired access token is renewed without a word; a dead session asks to log in", async ({
  page,
  context,
}) => {
  await logIn(page, ...DEMO);
  let refused = 0;
  await page.route("**/api/v1/recommendations/**", (route) => {
    refused += 1;
    return refused === 1
      ? route.fulfill({
          status: 401,
          json: {
            type: "client_error",
            errors: [{ code: "token_not_valid", detail: "", attr: null }],
          },
        })
      : route.continue();
  });
  await page.goto("/projects");
  await expect(
    page.locator("section[aria-labelledby=recommended-title] article").first(),
  ).toBeVisible();
  expect(refused).toBeGreaterThan(1);

  await context.clearCookies();
  await page.goto("/me");
  await expect(page).toHaveURL(/\/login\?next=%2Fme$/);
});

test("no token stands in storage or in an address", async ({ page }) => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  page.on("websocket", (socket) => addresses.push(socket.url()));
  await logIn(page, ...DEMO);
  await page.goto("/chat");
  await page.waitForLoadState("networkidle");
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(`${stored} ${addresses.join(" ")}`).not.toMatch(/eyJ[\w-]+\.eyJ/);
  expect(addresses.some((address) => address.startsWith("ws"))).toBe(true);
});

test("Back from a project finds the place in the endless list", async ({ page }) => {
  await page.goto("/projects");
  await expect(page.locator("article").first()).toBeVisible();
  await expect(async () => {
    await page.mouse.wheel(0, 4000);
    expect(await page.locator("article").count()).toBeGreaterThan(40);
  }).toPass();
  const card = page.locator("article").nth(35);
  await card.scrollIntoViewIfNeeded();
  const title = (await card.getByRole("heading").textContent()) ?? "";
  await card.getByRole("heading").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.goBack();
  await expect(
    page.locator("article").nth(35).getByRole("heading", { name: title }),
  ).toBeInViewport();
});

test("strict headers come with the page, and deep links work after a reload", async ({
  page,
  say,
}) => {
  const answer = await page.goto("/users/somebody-who-is-not-there");
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("object-src 'none'");
  await expect(page.getByText(say("notFound.title")).first()).toBeVisible();
});
