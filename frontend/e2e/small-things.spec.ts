import { expect, type Page } from "@playwright/test";
import { logIn, test } from "./people";

/** Opens the first of the demo's conversations. */
async function openRoom(page: Page, label: string): Promise<void> {
  await logIn(page, "demo@sidepro.dev", "night-owl-2026");
  await page.locator("header nav a[href='/chat']").click();
  const rooms = page.getByRole("navigation", { name: label });
  // One of the demo's that both may write in; what other tests ask the demo for stands above it.
  await rooms.getByRole("link", { name: /^handsign/ }).click();
}

test("sign-up ticks no nickname that is refused, and has no complaint once it is done", async ({
  page,
  say,
}) => {
  const unique = `tick${Date.now().toString(36)}`;
  const name = page.getByLabel(say("auth:username"));
  const tick = page.getByLabel(say("auth:signUp.free"));
  await page.goto("/signup");
  await name.fill("a b");
  await expect(page.getByText(say("auth:signUp.username.invalid"))).toBeVisible();
  await expect(tick).toHaveCount(0);
  await name.fill(unique);
  await expect(tick).toHaveCount(1);
  await page.getByLabel(say("auth:email")).fill(`${unique}@example.com`);
  await expect(tick).toHaveCount(2);
  await page.getByLabel(say("auth:password"), { exact: true }).fill("밤에 만드는 부엉이 42");
  // The next screen is slow: what one sees until then is still this one.
  await page.route(/\/assets\/WelcomePage-/, async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  const taken = page.getByText(say("auth:signUp.email.taken"));
  let complained = false;
  const watch = setInterval(async () => {
    complained ||= await taken.isVisible().catch(() => false);
  }, 100);
  await page.getByRole("button", { name: say("auth:signUp.action") }).click();
  await expect(page).toHaveURL(/\/welcome$/);
  clearInterval(watch);
  expect(complained).toBe(false);
});

test("a title goes with its page, also to one that is not there", async ({ page, say }) => {
  await page.goto("/skills/python");
  await expect(page).toHaveTitle(/^Python/);
  await expect(page.getByRole("tablist"), "the scripts have taken over").toBeVisible();
  await page.evaluate(() => history.pushState(null, "", "/skills/none-such"));
  await page.evaluate(() => window.dispatchEvent(new PopStateEvent("popstate")));
  await expect(page).toHaveTitle(new RegExp(say("notFound.title")));
});

test("Escape in the partner's profile leads back to what opened it", async ({ page, say }) => {
  await openRoom(page, say("chat:list.label"));
  const menu = page.getByRole("button", { name: say("chat:room.menu") });
  await menu.click();
  await page.getByRole("menuitem", { name: say("chat:room.openProfile") }).click();
  await expect(page.getByRole("link", { name: say("chat:drawer.page") })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(menu).toBeFocused();
});

test("one outage has one banner, in a room as well", async ({ page, context, say }) => {
  await openRoom(page, say("chat:list.label"));
  await expect(page.getByRole("textbox", { name: say("chat:composer.label") })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText(say("chat:connection.lost"))).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(say("offline"))).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText(say("offline"))).toBeVisible();
  await expect(page.getByText(say("chat:connection.lost"))).toHaveCount(0);
});

test("what is typed before the picker of skills has come is not lost", async ({ page, say }) => {
  await page.route(/\/assets\/SkillPicker-[^/]*\.js$/, async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await page.goto("/projects");
  await page.getByRole("textbox", { name: say("skills.filter") }).click();
  await page.keyboard.type("djan");
  const picker = page.getByRole("combobox", { name: say("skills.filter") });
  await expect(picker).toBeFocused();
  await expect(picker).toHaveValue("djan");
  await page.keyboard.type("g");
  await expect(picker).toHaveValue("djang");
  await page.getByRole("option", { name: "Django", exact: true }).click();
  await expect(page).toHaveURL(/skills=Django/);
});

test("a visitor's header leads to sign-up, on phones too", async ({ page, say }) => {
  await page.goto("/");
  const link = page.locator("header").getByRole("link", { name: say("nav.signUp"), exact: true });
  await expect(link).toBeInViewport();
  await link.click();
  await expect(page).toHaveURL(/\/signup$/);
});
