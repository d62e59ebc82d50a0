import { expect, type Page } from "@playwright/test";
import { markdownOf } from "./keyboard";
import { publish, test } from "./people";

const ID = /draft=[\da-f-]{36}/;

/** A page of a person who is logged in already, in a browser of its own. */
async function logIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto("/login");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("form button[type=submit]").click();
  await expect(page).toHaveURL(/\/projects$/);
}

test("what one writes stays one's own: on each device, in each tab, and for nobody else", async ({
  browser,
  say,
  signUp,
}) => {
  test.setTimeout(180_000); // four log-ins, each with its own browser
  const person = await signUp("drafter", ["Python"]);
  const laptop = person.page;
  const title = (page: Page) => page.getByLabel(say("editor:title"), { exact: true });
  const saved = (page: Page) =>
    page.getByText(say("editor:saved.server", { time: "|" }).split("|").pop() ?? "");
  laptop.on("dialog", (dialog) => void dialog.accept());

  await test.step("a fresh account writes, and a reload goes on with it", async () => {
    await laptop.goto("/projects/new");
    await expect(laptop).toHaveURL(ID);
    await title(laptop).fill("밤의 초안");
    await laptop.reload();
    await expect(title(laptop)).toHaveValue("밤의 초안");
    await expect(saved(laptop)).toBeVisible();
    await laptop.reload();
    await expect(title(laptop)).toHaveValue("밤의 초안");
  });

  const other = await laptop.context().newPage();
  await test.step("two tabs write two drafts, and one draft is written in one tab", async () => {
    await other.goto("/projects/new");
    await title(other).fill("다른 초안");
    await expect(saved(other)).toBeVisible();
    await expect(title(laptop)).toHaveValue("밤의 초안");
    await other.goto(laptop.url());
    await expect(other.getByText(say("editor:elsewhere.title"))).toBeVisible();
  });

  await test.step("a phone goes on, and the laptop does not overwrite it", async () => {
    const phone = await (await browser.newContext()).newPage();
    await logIn(phone, person);
    await phone.goto("/projects/new");
    await phone
      .getByRole("button", { name: /2/ })
      .filter({ hasText: /이어|Continue/ })
      .click();
    await phone.getByRole("link", { name: "밤의 초안" }).click();
    await expect(title(phone)).toHaveValue("밤의 초안");
    await title(phone).fill("전화에서 이어 쓴 초안");
    await expect(saved(phone)).toBeVisible();
    await phone.context().close();
    await title(laptop).fill("노트북의 초안");
    await expect(laptop.getByText(say("editor:draftConflict.title"))).toBeVisible();
    await laptop.getByRole("button", { name: say("editor:draftConflict.theirs") }).click();
    await expect(title(laptop)).toHaveValue("전화에서 이어 쓴 초안");
  });

  await test.step("the way out saves first", async () => {
    await title(laptop).fill("나가기 전의 초안");
    await laptop.getByRole("link", { name: say("nav.home") }).click();
    await expect(laptop.getByText(say("editor:leave.server"))).toBeVisible();
    await laptop.getByRole("button", { name: say("editor:leave.stay") }).click();
  });

  await test.step("publishing ends the draft", async () => {
    await laptop.getByRole("button", { name: say("editor:publish"), exact: true }).click();
    await expect(laptop).toHaveURL(/\/projects\/\d+$/);
    await other.goto("/projects/new");
    await other
      .getByRole("button", { name: /1/ })
      .filter({ hasText: /이어|Continue/ })
      .click();
    await expect(other.getByRole("link", { name: "다른 초안" })).toBeVisible();
    await expect(other.getByRole("link", { name: "나가기 전의 초안" })).toHaveCount(0);
  });

  await test.step("after a log-out the next person sees nothing, in any tab", async () => {
    await other.goto("/projects/new");
    await title(other).fill("로그아웃 직전의 글");
    await laptop.getByRole("button", { name: say("nav.account") }).click();
    await laptop.getByRole("button", { name: say("nav.logOut") }).click();
    await expect(laptop).toHaveURL(/\/$/);
    await expect(other).toHaveURL(/\/$/);
    const kept = () => Object.keys(localStorage).filter((key) => key.includes("account"));
    expect(await other.evaluate(kept)).toEqual([]);
    await logIn(other, { email: "demo@sidepro.dev", password: "night-owl-2026" });
    await other.goto("/projects/new");
    await expect(title(other)).toHaveValue("");
    await expect(other.getByText("로그아웃 직전의 글")).toHaveCount(0);
    // What was written a moment before is not lost for the one who wrote it.
    const again = await (await browser.newContext()).newPage();
    await logIn(again, person);
    await again.goto("/projects/new");
    await again
      .getByRole("button", { name: /2/ })
      .filter({ hasText: /이어|Continue/ })
      .click();
    await expect(again.getByRole("link", { name: "로그아웃 직전의 글" })).toBeVisible();
  });
});

test("two browsers change one project: both texts are shown, and no word is lost", async ({
  browser,
  say,
  signUp,
}) => {
  test.setTimeout(120_000);
  const person = await signUp("twice", []);
  const laptop = person.page;
  const content = "처음부터 있던 줄";
  const project = await publish(laptop, { title: "둘이 고치는 글", summary: "요약", content });
  const phone = await (await browser.newContext()).newPage();
  await logIn(phone, person);
  const editor = (page: Page) => page.locator(".toastui-editor-md-container .ProseMirror");
  const save = (page: Page) =>
    page.getByRole("button", { name: say("editor:save"), exact: true }).click();
  async function add(page: Page, line: string): Promise<void> {
    await editor(page).click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText(`\n${line}`);
    await expect.poll(() => markdownOf(editor(page))).toContain(line);
  }
  for (const page of [laptop, phone]) await page.goto(`/projects/${project}/edit`);
  await add(laptop, "노트북에서 쓴 줄");
  await add(phone, "전화에서 쓴 줄");
  await phone.getByLabel(say("editor:stage")).selectOption("launched");
  await save(phone);
  await expect(phone).toHaveURL(/\/projects\/\d+$/);

  const conflict = laptop.getByRole("dialog", { name: say("editor:conflict.title") });
  await test.step("the later one sees what differs, and goes on with both", async () => {
    await save(laptop);
    await expect(conflict).toContainText(`  ${content}`);
    await expect(conflict).toContainText("− 전화에서 쓴 줄");
    await expect(conflict).toContainText("+ 노트북에서 쓴 줄");
    await expect(conflict).toContainText(`− ${say("stage.launched")}`);
    await laptop.keyboard.press("Escape");
    await expect(conflict).toBeHidden();
    await expect.poll(() => markdownOf(editor(laptop))).toBe(`${content}\n노트북에서 쓴 줄`);
    await add(laptop, "전화에서 쓴 줄");
  });
  await test.step("nothing is overwritten before one has chosen", async () => {
    await save(laptop);
    await expect(conflict).toContainText("+ 노트북에서 쓴 줄");
    await conflict.getByRole("button", { name: say("editor:conflict.mine") }).click();
    await expect(laptop).toHaveURL(/\/projects\/\d+$/);
    for (const line of [content, "노트북에서 쓴 줄", "전화에서 쓴 줄"]) {
      await expect(laptop.locator("article")).toContainText(line);
    }
  });
});
