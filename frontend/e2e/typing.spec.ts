import { expect, type Page } from "@playwright/test";
import { beginSyllable, compose, markdownOf, pressEnterInside } from "./keyboard";
import { languageOf, publish, test, texts } from "./people";

test.skip(({ isMobile }) => isMobile, "typed by the desktop's keys");

test("what is typed in Korean in the editor is what is read", async ({ locale, say, signUp }) => {
  test.setTimeout(180_000);
  const { page, username } = await signUp("typist", []);
  page.on("dialog", (dialog) => void dialog.accept());
  const title = `밤부엉이 ${username}`;
  const project = await publish(page, { title, summary: "요약", content: "처음부터 있던 글" });
  const editor = page.locator(".toastui-editor-md-container .ProseMirror");
  const rich = page.locator(".toastui-editor-ww-container .ProseMirror");
  const published = page.getByRole("region", { name: say("editor:preview") });

  await test.step("undo never goes behind the text that was there", async () => {
    await page.goto(`/projects/${project}/edit`);
    await editor.click();
    await page.keyboard.press("ControlOrMeta+End");
    await compose(page, "\n새 줄");
    await undoAll(page);
    await expect.poll(() => markdownOf(editor)).toBe("처음부터 있던 글");
    await page.getByRole("button", { name: say("editor:mode.wysiwyg") }).click();
    await expect(rich).toHaveText("처음부터 있던 글");
    await rich.click();
    await page.keyboard.press("ControlOrMeta+End");
    await compose(page, " 더");
    await expect(rich).toHaveText("처음부터 있던 글 더");
    await undoAll(page);
    await expect(rich).toHaveText("처음부터 있던 글");
    await page.getByRole("button", { name: say("editor:mode.markdown") }).click();
  });

  await test.step("syllables grow in the editor, also between others", async () => {
    await page.goto("/projects/new");
    await editor.click();
    await compose(page, "**부엉이(owl)**는 밤에 깨요.\n둘째 줄");
    await page.keyboard.press("Home");
    await compose(page, "새");
    await expect.poll(() => markdownOf(editor)).toBe("**부엉이(owl)**는 밤에 깨요.\n새둘째 줄");
    await expect(published.locator("strong")).toHaveText("부엉이(owl)");
  });

  await test.step("a change of theme or language leaves text, history, caret and focus", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
    await expect(page.locator(".toastui-editor-dark")).toBeVisible();
    await expect(editor).toBeFocused();
    await compose(page, "로");
    const line = "**부엉이(owl)**는 밤에 깨요.\n새로둘째 줄";
    await expect.poll(() => markdownOf(editor)).toBe(line);
    await page.evaluate(() => {
      const menu = document.querySelector<HTMLElement>("[aria-haspopup=menu]");
      menu?.click();
    });
    const other = languageOf(locale) === "ko" ? "en" : "ko";
    await page.locator(`button[lang=${other}]`).evaluate((button: HTMLElement) => button.click());
    await expect(page.locator("html")).toHaveAttribute("lang", other);
    await expect(
      page.getByRole("heading", { name: texts(other)("editor:newTitle") }),
    ).toBeVisible();
    await expect(editor).toHaveAttribute("aria-label", texts(other)("editor:content"));
    await expect.poll(() => markdownOf(editor)).toBe(line);
    await page.keyboard.press("Escape");
    await editor.focus();
    await compose(page, "운");
    await expect.poll(() => markdownOf(editor)).toBe(line.replace("새로", "새로운"));
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => markdownOf(editor)).not.toContain("새로운");
    await expect.poll(() => markdownOf(editor)).toContain("부엉이(owl)");
    await page.emulateMedia({ colorScheme: "light" });
    await page.evaluate((key) => localStorage.removeItem(key), "sidepro.language");
  });

  await test.step("what is typed in the WYSIWYG mode is published as it looks", async () => {
    await page.goto("/projects/new");
    await page.getByRole("button", { name: say("editor:mode.wysiwyg") }).click();
    await rich.click();
    await compose(page, "첫 줄\n\n\n");
    await page.keyboard.press("ControlOrMeta+b");
    await compose(page, "굵게");
    await page.keyboard.press("ControlOrMeta+b");
    await compose(page, "\nList<String>\n1~2주");
    await expect(published.locator("strong")).toHaveText("굵게");
    await expect(published).toContainText("List<String>");
    await expect(published).toContainText("1~2주");
    await expect(published).not.toContainText("**");
    await expect(published).not.toContainText("\\");
    await expect(published.locator("del, s")).toHaveCount(0);
  });
});

test("Korean is neither lost, doubled nor sent early in comments, search and skills", async ({
  say,
  signUp,
}) => {
  const { page, username } = await signUp("밤부엉", []);
  page.on("dialog", (dialog) => void dialog.accept());
  const client = await page.context().newCDPSession(page);
  const end = (syllable: string) => client.send("Input.insertText", { text: syllable });
  const title = `달빛 ${username}`;
  const project = await publish(page, { title, summary: "요약", content: "글" });

  await test.step("a comment with a mention that is completed inside a syllable", async () => {
    await page.goto(`/projects/${project}`);
    const field = page.getByRole("textbox", { name: say("project:comments.label") });
    const person = page.getByRole("option", { name: `@${username}` });
    await field.click();
    await compose(page, "안녕하세요 @밤부");
    await expect(person).toBeVisible();
    await beginSyllable(client, "엉");
    await expect(field).toHaveValue("안녕하세요 @밤부엉");
    await pressEnterInside(client);
    await expect(field).toHaveValue("안녕하세요 @밤부엉");
    await end("엉");
    await expect(person).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue(`안녕하세요 @${username} `);
    await compose(page, "반가워요\n또 봐요");
    await expect(field).toHaveValue(`안녕하세요 @${username} 반가워요\n또 봐요`);
    await page.getByRole("button", { name: say("project:comments.send") }).click();
    await expect(field).toHaveValue("");
    const comment = page.locator("[id^=comment-]").filter({ hasText: "반가워요" });
    await expect(comment).toHaveCount(1);
    await expect(comment.getByRole("link", { name: `@${username}` })).toBeVisible();
    await expect(comment).toContainText(/또 봐요/);
  });

  await test.step("the board's search follows a syllable that grows, and remembers whole words", async () => {
    await page.goto("/projects");
    const field = page.getByRole("searchbox", { name: say("board:search.label") });
    const searched = () => new URL(page.url()).searchParams.get("search");
    await field.click();
    await compose(page, "달");
    await beginSyllable(client, "빛");
    await expect.poll(searched).toBe("달빛");
    await pressEnterInside(client);
    await expect(page.locator("datalist option")).toHaveCount(0);
    await end("빛");
    await compose(page, ` ${username}`);
    await expect.poll(searched).toBe(title);
    await expect(field).toHaveValue(title);
    await page.keyboard.press("Enter");
    await expect(page.locator("datalist option")).toHaveAttribute("value", title);
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  });

  await test.step("a skill is chosen by the Enter after the last syllable, not by the one inside", async () => {
    await page.goto("/projects/new");
    const field = page.getByRole("combobox", { name: say("editor:skills") });
    await field.click();
    await compose(page, "장");
    await beginSyllable(client, "고");
    await expect(page.getByRole("option", { name: "Django", exact: true })).toBeVisible();
    await pressEnterInside(client);
    await expect(field).toHaveValue("장고");
    await end("고");
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue("");
    await expect(page.getByRole("option", { name: "Django", exact: true })).toBeHidden();
    await expect(page.getByText("Django", { exact: true })).toHaveCount(1);
    await expect(page).toHaveURL(/projects\/new/);
  });
});

async function undoAll(page: Page): Promise<void> {
  for (let time = 0; time < 20; time += 1) await page.keyboard.press("ControlOrMeta+z");
}
