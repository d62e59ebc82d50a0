import { expect, type Locator } from "@playwright/test";
import { picture, publish, test } from "./people";

/** Move a finger from right to left over something. */
async function swipe(strip: Locator): Promise<void> {
  const box = await strip.boundingBox();
  if (!box) throw new Error("nothing to swipe");
  const [x, y] = [box.x + box.width * 0.8, box.y + box.height / 2];
  const session = await strip.page().context().newCDPSession(strip.page());
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: at === undefined ? [] : [{ x: at, y }],
    });
  await touch("touchStart", x);
  for (let step = 1; step <= 12; step += 1) await touch("touchMove", x - (step * box.width) / 18);
  await touch("touchEnd");
}

test("a gallery is made in the editor and looked at by keyboard and by touch", async ({
  browser,
  hasTouch,
  say,
  signUp,
}) => {
  test.setTimeout(180_000);
  const { page, username } = await signUp("bora", ["Python"]);
  const title = `화면이 많은 앱 ${username}`;
  const row = (key: string, number: number) => say(`editor:pictures.${key}`, { number });

  await test.step("three pictures are added, described, put in order and one taken out", async () => {
    await page.goto("/projects/new");
    await page.getByLabel(say("editor:title"), { exact: true }).fill(title);
    const files = await Promise.all(
      [400, 500, 600, 700].map(async (width, index) => ({
        name: `${index}.png`,
        mimeType: "image/png",
        buffer: await picture(page, width, 300),
      })),
    );
    await page.locator("input[type=file][multiple]").first().setInputFiles(files);
    const list = page.getByRole("list", { name: say("editor:pictures.label") });
    await expect(list.getByRole("listitem")).toHaveCount(4);
    await page.getByLabel(row("alt", 1)).fill("첫 화면");
    await page.getByRole("button", { name: row("down", 1) }).click();
    await expect(page.getByLabel(row("alt", 2))).toHaveValue("첫 화면");
    await page.getByRole("button", { name: row("remove", 4) }).click();
    await expect(list.getByRole("listitem")).toHaveCount(3);
    await page.getByRole("button", { name: say("editor:publish"), exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  });

  const number = (at: number) => say("project:gallery.number", { number: at, count: 3 });
  const opener = page
    .getByRole("list", { name: say("project:gallery.label") })
    .getByRole("button")
    .first();

  await test.step("Enter opens it, arrows go on, the focus stays, Escape leads back", async () => {
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: number(1) });
    await expect(dialog).toBeVisible();
    await page.keyboard.press("ArrowRight");
    const second = page.getByRole("dialog", { name: number(2) });
    await expect(second.getByRole("img", { name: "첫 화면" })).toBeInViewport();
    await expect(second.getByRole("status")).toHaveText("첫 화면");
    for (let tab = 0; tab < 6; tab += 1) {
      await page.keyboard.press("Tab");
      expect(await second.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    }
    await second.getByRole("button", { name: say("project:gallery.next") }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: number(3) })).toBeVisible();
    await page.keyboard.press("ArrowLeft"); // the focus is still here at the end
    await expect(second).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(second).toBeHidden();
    await expect(opener).toBeFocused();
  });

  if (hasTouch) {
    await test.step("a finger opens it and swipes on", async () => {
      await opener.tap();
      await expect(page.getByRole("dialog", { name: number(1) })).toBeVisible();
      await swipe(page.getByRole("dialog").locator("ul"));
      await expect(page.getByRole("dialog", { name: number(2) })).toBeVisible();
      await page.getByRole("button", { name: say("project:gallery.next") }).tap();
      await expect(page.getByRole("dialog", { name: number(3) })).toBeVisible();
      await page.keyboard.press("Escape");
    });
  }

  await test.step("without scripts the pictures are there, and robots know them", async () => {
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(new URL(page.url()).pathname);
    await expect(plain.locator(".page-gallery img")).toHaveCount(3);
    await expect(plain.locator(".page-gallery img").nth(1)).toHaveAttribute("alt", "첫 화면");
    const said = await plain.locator("script[type='application/ld+json']").textContent();
    expect(JSON.parse(said ?? "").image).toHaveLength(3);
  });
});

test("everybody gets the same page, and each sees their own bookmark within a second", async ({
  browser,
  say,
  signUp,
}) => {
  test.setTimeout(180_000);
  const [mina, jun] = await Promise.all([signUp("mina", []), signUp("jun", [])]);
  const visitor = await (await browser.newContext()).newPage();
  const title = `한 페이지 ${mina.username}`;
  const path = `/projects/${await publish(mina.page, { title, content: "# 소개" })}`;
  const mark = (page: typeof visitor) =>
    page.locator("article").getByRole("button", { name: say("bookmark.label") });

  await jun.page.goto(path);
  const kept = jun.page.waitForResponse((answer) => answer.url().endsWith("/bookmark/"));
  await mark(jun.page).click();
  expect((await kept).ok()).toBe(true);

  for (const [page, pressed] of [
    [mina.page, "false"],
    [jun.page, "true"],
    [visitor, "false"],
  ] as const) {
    await page.goto(path, { waitUntil: "commit" });
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    const shown = Date.now();
    await expect(mark(page)).toHaveAttribute("aria-pressed", pressed);
    test.info().annotations.push({ type: "bookmark", description: `${Date.now() - shown} ms` });
  }

  // Each has been counted by now: opening it again changes nothing of what it says.
  await expect(async () => {
    const bodies = new Set<string>();
    for (const page of [mina.page, jun.page, visitor]) {
      bodies.add(await (await page.request.get(path)).text());
    }
    expect(bodies.size, "the same bytes").toBe(1);
  }).toPass({ timeout: 10_000 });
});
