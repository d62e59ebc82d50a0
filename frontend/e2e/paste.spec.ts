import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import { markdownOf } from "./keyboard";
import { picture, test } from "./people";

interface Clipboard {
  from: string;
  text: string;
  html: string;
  image?: boolean;
  /** How many pictures are stored. */
  pictures?: number;
  has: string[];
  not: string[];
}

// `paste.test.ts` reads the same without a browser.
const CLIPBOARDS = JSON.parse(
  readFileSync(
    fileURLToPath(new URL("../src/features/editor/text/clipboards.json", import.meta.url)),
    "utf8",
  ),
) as Clipboard[];

/** Puts something into the browser's real clipboard. */
async function copy(page: Page, { text, html, image }: Clipboard, png: string): Promise<void> {
  await page.evaluate(
    async ({ text, html, png }) => {
      const item: Record<string, Blob> = {};
      if (text) item["text/plain"] = new Blob([text], { type: "text/plain" });
      if (html) item["text/html"] = new Blob([html], { type: "text/html" });
      if (png) item["image/png"] = await (await fetch(png)).blob();
      await navigator.clipboard.write([new ClipboardItem(item)]);
    },
    { text, html, png: image ? png : "" },
  );
}

test.skip(({ isMobile }) => isMobile, "a clipboard and a mouse are the desktop's");

test("what is pasted and dropped comes in as it was", async ({ say, signUp }) => {
  test.setTimeout(180_000);
  // The test itself makes pictures of `data:` addresses, which the site's policy forbids to fetch.
  const { page } = await signUp("paster", [], { bypassCSP: true });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("/projects/new");
  const editor = page.locator(".toastui-editor-md-container .ProseMirror");
  const rich = page.locator(".toastui-editor-ww-container .ProseMirror");
  const file = await picture(page, 320, 180);
  const png = `data:image/png;base64,${file.toString("base64")}`;
  const stored = /!\[\]\(\/media\/[\w/.-]+\)/g;

  for (const clipboard of CLIPBOARDS) {
    await test.step(`paste from ${clipboard.from}`, async () => {
      await editor.click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await copy(page, clipboard, png);
      await editor.click();
      await page.keyboard.press("ControlOrMeta+v");
      await expect
        .poll(async () => (await markdownOf(editor)).match(stored)?.length ?? 0)
        .toBe(clipboard.pictures ?? 0);
      for (const part of clipboard.has) {
        await expect.poll(() => markdownOf(editor)).toContain(part);
      }
      const written = await markdownOf(editor);
      for (const part of [...clipboard.not, "upload:"]) expect(written).not.toContain(part);
    });
  }

  await test.step("a document's picture is stored in the WYSIWYG mode as well", async () => {
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.getByRole("button", { name: say("editor:mode.wysiwyg") }).click();
    await rich.click();
    const html = `<p>앞</p><p><img src="${png}"></p><p>뒤 <b>굵게</b></p>`;
    await copy(page, { from: "", text: "앞\n뒤 굵게", html, has: [], not: [] }, png);
    await page.keyboard.press("ControlOrMeta+v");
    await expect(rich.locator("img[src^='/media/']")).toBeVisible();
    await expect(rich.locator("strong")).toHaveText("굵게");
    await page.getByRole("button", { name: say("editor:mode.markdown") }).click();
    await expect.poll(() => markdownOf(editor)).toMatch(/앞\n+!\[\]\(\/media\/.*\)\n+뒤 \*\*굵게/);
  });

  await test.step("a picture lands where it was dropped, though its way broke and the caret moved", async () => {
    const network = await page.context().newCDPSession(page);
    const limit = (uploadThroughput: number, offline = false) =>
      network.send("Network.emulateNetworkConditions", {
        offline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    const placeholder = (label: string) =>
      new RegExp(`하나\\n!\\[${label}\\]\\(upload:.*\\)\\n둘\\n셋$`);
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("하나\n둘\n셋");
    const line = editor.getByText("둘", { exact: true });
    const box = await line.boundingBox();
    if (!box) throw new Error("no line");
    // What follows a picture's end is not looked at: this one takes a while.
    const dropped = await page.evaluateHandle(async (url) => {
      const data = new DataTransfer();
      const parts = [await (await fetch(url)).blob(), new Uint8Array(500_000)];
      data.items.add(new File(parts, "a.png", { type: "image/png" }));
      return data;
    }, png);
    await limit(-1, true);
    await line.dispatchEvent("drop", {
      dataTransfer: dropped,
      clientX: box.x + 1,
      clientY: box.y + box.height / 2,
    });
    await expect.poll(() => markdownOf(editor)).toMatch(placeholder(say("editor:upload.failed")));
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("먼저 ");
    await limit(50_000);
    await page.getByRole("button", { name: say("editor:upload.retry") }).click();
    const waiting = say("editor:upload.waiting");
    await expect.poll(() => markdownOf(editor)).toMatch(placeholder(`${waiting} [1-9]\\d?%`));
    await expect(page.getByRole("progressbar", { name: waiting })).toBeVisible();
    await limit(-1);
    await expect
      .poll(() => markdownOf(editor))
      .toMatch(/^먼저 하나\n!\[\]\(\/media\/[\w/.-]+\)\n둘\n셋$/);
  });
});
