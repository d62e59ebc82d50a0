import { expect, type Locator, type Page } from "@playwright/test";
import { pushesWereOffered, test } from "./people";

/** Tabs until the element has the focus; to the header, which stands before every screen, backwards. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const isAbove = await target.evaluate(
    (element) => element.closest("header") !== null && document.activeElement !== document.body,
  );
  for (let tabs = 0; tabs < 60; tabs += 1) {
    await page.keyboard.press(isAbove ? "Shift+Tab" : "Tab");
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
  }
  throw new Error(`the keyboard does not get to ${target}`);
}

/** Tabs to a link or button and presses it. */
async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Tabs to a field and types into it. */
async function type(page: Page, target: Locator, words: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(words);
}

test("from sign-up to an answered request and a project of one's own, by keyboard alone", async ({
  browser,
  baseURL,
  isMobile,
  say,
  signUp,
}) => {
  test.skip(isMobile, "a keyboard");
  test.setTimeout(240_000);
  const ben = await signUp("ben", ["Django"]);
  const asked = { storageState: pushesWereOffered(baseURL) };
  const ann = await (await browser.newContext(asked)).newPage();
  const unique = `${Date.now().toString(36)}${process.pid.toString(36)}`;
  const title = `부엉이 알람 ${unique}`;
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

  /** Publishes a project with nothing but the keyboard. */
  async function post(page: Page): Promise<void> {
    await press(page, page.getByRole("link", { name: say("nav.write"), exact: true }).first());
    await expect(field(page, say("editor:title"))).toBeFocused();
    await page.keyboard.type(title);
    await type(page, page.getByLabel(say("editor:summary")), "조용히 깨워요");
    await type(page, page.getByRole("combobox", { name: say("editor:skills") }), "장고");
    await expect(page.getByRole("option", { name: "Django", exact: true })).toBeVisible();
    await page.keyboard.press("Enter");
    await type(page, page.locator(".toastui-editor-md-container .ProseMirror"), "밤에 씁니다.");
    await page.keyboard.press("Escape");
    await press(page, button(page, say("editor:publish")));
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  await test.step("Ben posts a project", () => post(ben.page));

  await test.step("Ann signs up and tells of her stack", async () => {
    await ann.goto("/");
    await press(ann, ann.getByRole("link", { name: say("nav.signUp"), exact: true }).first());
    await expect(field(ann, say("auth:email"))).toBeFocused();
    await ann.keyboard.type(`${unique}@example.com`);
    await type(ann, field(ann, say("auth:username")), `ann${unique}`.slice(0, 20));
    await type(ann, ann.getByLabel(say("auth:password"), { exact: true }), "밤에 만드는 부엉이 42");
    await ann.keyboard.press("Enter");
    const stack = ann.getByRole("combobox", { name: say("profile.skills") });
    await type(ann, stack, "장고");
    await expect(ann.getByRole("option", { name: "Django", exact: true })).toBeVisible();
    await ann.keyboard.press("Enter");
    await press(ann, button(ann, say("auth:welcome.action")));
    await expect(ann.getByText(say("auth:welcome.saved"))).toBeVisible();
    await press(ann, ann.getByRole("link", { name: say("auth:welcome.leave") }));
    await expect(ann).toHaveURL(/\/projects$/);
  });

  await test.step("Ann finds Ben's project and asks him for a chat", async () => {
    await type(ann, ann.getByRole("searchbox", { name: say("board:search.label") }), title);
    await press(ann, ann.locator("article h2").getByRole("link", { name: title }));
    await expect(ann.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await press(ann, button(ann, say("askForChat")));
    await expect(ann.getByRole("textbox", { name: say("request:message") })).toBeFocused();
    await ann.keyboard.type("같이 만들어요");
    await press(ann, button(ann, say("request:send")));
    await expect(ann.getByText(say("request:sent", { name: ben.username }))).toBeVisible();
    await expect(ann.getByRole("dialog")).toBeHidden();
    await expect(button(ann, say("askForChat")), "the focus goes back").toBeFocused();
  });

  await test.step("Ben accepts and answers", async () => {
    const { page } = ben;
    await press(page, page.locator("header nav a[href='/chat']"));
    const list = page.getByRole("navigation", { name: say("chat:list.label") });
    await press(page, list.getByRole("link").first());
    await press(page, button(page, say("chat:request.accept")));
    await type(page, page.getByRole("textbox", { name: say("chat:composer.label") }), "좋아요");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("log")).toContainText("좋아요");
  });

  await test.step("Ann reads the answer, answers, and posts a project herself", async () => {
    await press(ann, ann.locator("header nav a[href='/chat']"));
    const list = ann.getByRole("navigation", { name: say("chat:list.label") });
    await press(ann, list.getByRole("link").first());
    await expect(ann.getByRole("log")).toContainText("좋아요");
    await type(ann, ann.getByRole("textbox", { name: say("chat:composer.label") }), "고마워요");
    await ann.keyboard.press("Enter");
    await expect(ben.page.getByRole("log")).toContainText("고마워요");
    await post(ann);
  });
});
