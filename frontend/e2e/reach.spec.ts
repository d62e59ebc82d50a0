import { expect, type Page } from "@playwright/test";
import { logIn, test } from "./people";

/** Screens that a person with large letters opens: 1280 × 800 at 200 % are 640 × 400. */
const ZOOMED = ["/projects", "/people", "/skills/python", "/me?tab=profile", "/welcome", "/chat"];

async function logInToDemo(page: Page): Promise<void> {
  await logIn(page, "demo@sidepro.dev", "night-owl-2026");
}

test("the search is at most ten tabs away, and what it finds is opened without a mouse", async ({
  page,
  say,
  isMobile,
}) => {
  test.skip(isMobile, "a keyboard");
  await logInToDemo(page);
  await page.goto("/projects");
  const search = page.getByRole("searchbox", { name: say("board:search.label") });
  await expect(search).toBeVisible();
  let tabs = 0;
  while (!(await search.evaluate((field) => field === document.activeElement))) {
    expect(++tabs, "tabs to the search").toBeLessThanOrEqual(10);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("채팅");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/search=/);
  const title = page.locator("article h2 a", { hasText: "채팅" }).first();
  await expect(title).toBeVisible();
  for (let more = 0; more < 30; more += 1) {
    await page.keyboard.press("Tab");
    if (await title.evaluate((link) => link === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("채팅");
});

test("a phone's first screen shows three projects, before what is recommended", async ({
  page,
  isMobile,
}) => {
  test.skip(!isMobile, "a phone");
  await logInToDemo(page);
  await page.goto("/projects");
  const bar = await page.locator("header nav").boundingBox();
  const third = await page.locator("article").nth(2).boundingBox();
  expect((third?.y ?? 0) + (third?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
});

test("nothing is cut or has to be scrolled sideways at 200 %", async ({ page, isMobile }) => {
  test.skip(isMobile, "a desktop's zoom");
  await logInToDemo(page);
  await page.setViewportSize({ width: 640, height: 400 });
  for (const path of ZOOMED) {
    await page.goto(path);
    await expect(page.locator("main h1, main h2").first()).toBeVisible();
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widest, path).toBeLessThanOrEqual(640);
  }
});
