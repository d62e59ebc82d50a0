import { expect, type Locator, type Page } from "@playwright/test";
import { logIn, picture, send, test } from "./people";

test.skip(({ isMobile }) => !isMobile, "a thumb");

/** Counts what a thumb does; letters and the system's own file chooser are not counted. */
class Thumb {
  taps: string[] = [];

  async tap(target: Locator, what: string): Promise<void> {
    await target.tap();
    this.taps.push(what);
  }

  /** One tap opens the system's own list, and one chooses from it. */
  async choose(select: Locator, label: string): Promise<void> {
    await select.selectOption({ label });
    this.taps.push("open", label);
  }
}

async function start(page: Page): Promise<Thumb> {
  await logIn(page, "demo@sidepro.dev", "night-owl-2026");
  await page.goto("/projects");
  return new Thumb();
}

test("eight taps find somebody in Seoul who uses Django, and ask them", async ({ page, say }) => {
  const thumb = await start(page);
  const option = (name: string) => page.getByRole("option", { name, exact: true });
  await thumb.tap(page.locator("header nav a[href='/people']"), "people");
  await expect(page.getByRole("heading", { level: 1, name: say("people:title") })).toBeVisible();
  await thumb.tap(page.getByLabel(say("skills.filter")), "stack");
  await expect(page.getByRole("combobox", { name: say("skills.filter") })).toBeFocused();
  await page.keyboard.type("django");
  await thumb.tap(option("Django"), "Django");
  await thumb.choose(page.getByLabel(say("profile.region")), say("region.seoul"));
  await expect(page).toHaveURL(/skills=Django&region=seoul/);
  const first = page.locator("article").first();
  await expect(first).toContainText(say("region.seoul"));
  await thumb.tap(first.getByRole("button"), "ask");
  await thumb.tap(page.getByRole("button", { name: say("request:suggestion.stack") }), "words");
  // It is not sent: a second run would find that they were asked already.
  await expect(page.getByRole("button", { name: say("request:send") })).toBeEnabled();
  expect([...thumb.taps, "send"]).toHaveLength(8);
});

test("three taps post a project with a picture", async ({ page, say }) => {
  const thumb = await start(page);
  await thumb.tap(page.locator("header nav a[href='/projects/new']"), "write");
  await expect(page.getByLabel(say("editor:title"), { exact: true })).toBeFocused();
  await page.keyboard.type(`부엉이 알람 ${Date.now().toString(36)}`);
  const chosen = page.waitForEvent("filechooser");
  await thumb.tap(page.getByRole("button", { name: say("editor:thumbnail.choose") }), "picture");
  const file = { name: "owl.png", mimeType: "image/png", buffer: await picture(page) };
  await (await chosen).setFiles(file);
  await expect(page.getByRole("button", { name: say("editor:thumbnail.remove") })).toBeVisible();
  await thumb.tap(page.getByRole("button", { name: say("editor:publish") }), "publish");
  await expect(page).toHaveURL(/\/projects\/\d+$/);
  expect(thumb.taps).toHaveLength(3);
});

test("four taps answer a request", async ({ page, say, signUp }) => {
  const asker = await signUp("asker", ["Django"]);
  await send(asker.page, "POST", "rooms/", { partner: "올빼미", message: "같이 만들어요" });
  const thumb = await start(page);
  await thumb.tap(page.locator("header nav a[href='/chat']"), "chats");
  const list = page.getByRole("navigation", { name: say("chat:list.label") });
  await thumb.tap(list.getByText(asker.username, { exact: true }), "request");
  await thumb.tap(page.getByRole("button", { name: say("chat:request.accept") }), "accept");
  await expect(page.getByRole("textbox", { name: say("chat:composer.label") })).toBeFocused();
  await page.keyboard.type("좋아요");
  await thumb.tap(page.getByRole("button", { name: say("chat:composer.send") }), "send");
  await expect(page.getByRole("log")).toContainText("좋아요");
  expect(thumb.taps).toHaveLength(4);
});
