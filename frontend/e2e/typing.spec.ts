import { expect, type Page } from "@playwright/test";
import { compose, markdownOf } from "./keyboard";
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

async function undoAll(page: Page): Promise<void> {
  for (let time = 0; time < 20; time += 1) await page.keyboard.press("ControlOrMeta+z");
}
