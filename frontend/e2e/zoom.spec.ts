import { expect, type Page } from "@playwright/test";
import { picture, publish, pushesWereOffered, test } from "./people";

/** 1280 × 900 at 200 %. */
const ZOOMED = {
  viewport: { width: 640, height: 450 },
  deviceScaleFactor: 2,
  reducedMotion: "reduce",
} as const;

/** What is wrong with what one sees: wider than the window, cut off, or under something else. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`${scrollWidth} wide in ${clientWidth}`);
    const named = (element: Element) =>
      `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40)}`;
    const dialog = document.querySelector("[role=dialog][aria-modal=true]");
    const top = window.scrollY;
    for (const element of (dialog ?? document).querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, [role=tab], [role=switch], [contenteditable=true]",
    )) {
      // A switch or a choice is pressed by its label.
      const target = element.closest("label") ?? element;
      const isThere = target.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
      if (!isThere || element.matches(".skip-link, [type=hidden], [type=file]")) continue;
      target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const { left, right, top, bottom, width, height } = target.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      if (left < -1 || right > clientWidth + 1) faults.push(`sticks out: ${named(element)}`);
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isHit =
        hit && (target.contains(hit) || hit.contains(target) || hit.closest("label") === target);
      if (!isHit) faults.push(`cannot be pressed: ${named(element)} under ${hit && named(hit)}`);
    }
    for (const element of (dialog ?? document.body).querySelectorAll<HTMLElement>("*")) {
      const style = getComputedStyle(element);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      const isCut =
        hasText &&
        style.overflowX === "hidden" &&
        style.textOverflow !== "ellipsis" &&
        style.clipPath === "none" &&
        element.clientWidth > 1 &&
        element.scrollWidth > element.clientWidth + 1;
      if (isCut && element.checkVisibility()) faults.push(`cut off: ${named(element)}`);
    }
    window.scrollTo({ top, behavior: "instant" });
    return faults;
  });
}

/** Nothing is cut off or out of reach. */
async function expectWhole(page: Page, where: string): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  expect.soft(await faultsOf(page), where).toEqual([]);
}

test("from sign-up to settings at 200 %: nothing is cut off, all can be reached", async ({
  browser,
  baseURL,
  isMobile,
  say,
  signUp,
}) => {
  test.skip(isMobile, "a desktop's zoom");
  test.setTimeout(240_000);
  const zoomed = { ...ZOOMED, storageState: pushesWereOffered(baseURL) };
  const page = await (await browser.newContext(zoomed)).newPage();
  const ben = await signUp("ben", ["Django"], zoomed);
  const unique = `${Date.now().toString(36)}${process.pid.toString(36)}`;
  const name = `ann${unique}`.slice(0, 20);
  const title = `부엉이 알람 ${unique}`;
  const button = (label: string, on = page) => on.getByRole("button", { name: label, exact: true });

  await test.step("sign up", async () => {
    await page.goto("/");
    await expectWhole(page, "landing");
    await page
      .getByRole("link", { name: say("nav.signUp"), exact: true })
      .first()
      .click();
    await expect(page.getByLabel(say("auth:email"))).toBeFocused();
    await page.getByLabel(say("auth:email")).fill(`${unique}@example.com`);
    await page.getByLabel(say("auth:username")).fill(name);
    await page.getByLabel(say("auth:password"), { exact: true }).fill("밤에 만드는 부엉이 42");
    await expectWhole(page, "sign-up");
    await button(say("auth:signUp.action")).click();
  });

  await test.step("the first minutes", async () => {
    await expect(
      page.getByRole("heading", { name: say("auth:welcome.title", { name }) }),
    ).toBeVisible();
    await page.getByRole("combobox", { name: say("profile.skills") }).fill("장고");
    await page.getByRole("option", { name: "Django", exact: true }).click();
    await page.keyboard.press("Escape");
    await expectWhole(page, "first minutes");
    await button(say("auth:welcome.action")).click();
    await expect(page.getByText(say("auth:welcome.saved"))).toBeVisible();
    await page.getByRole("link", { name: say("auth:welcome.leave") }).click();
    await expect(page).toHaveURL(/\/projects$/);
  });

  await test.step("search and filter the board", async () => {
    await expectWhole(page, "board");
    await page.getByRole("searchbox", { name: say("board:search.label") }).fill("알람");
    await page.getByLabel(say("board:stage")).selectOption("building");
    await expect(page).toHaveURL(/stage=building/);
    await expect(page.getByRole("status").filter({ hasText: /\d/ }).first()).toBeVisible();
    await expectWhole(page, "search");
  });

  await test.step("ask about a project", async () => {
    const project = await publish(ben.page, {
      title,
      summary: "조용히 깨워요",
      content: "# 밤\n\n글",
    });
    await page.goto(`/projects?search=${encodeURIComponent(title)}`);
    await page.locator("article h2").getByRole("link", { name: title }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${project}$`));
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectWhole(page, "project");
    await button(say("askForChat")).first().click();
    await expect(page.getByRole("textbox", { name: say("request:message") })).toBeFocused();
    await expectWhole(page, "request");
    await page.keyboard.type("같이 만들어요");
    await button(say("request:send")).click();
    await expect(page.getByText(say("request:sent", { name: ben.username }))).toBeVisible();
  });

  await test.step("the other one answers", async () => {
    const other = ben.page;
    await other.goto("/chat");
    await expectWhole(other, "list of chats");
    const list = other.getByRole("navigation", { name: say("chat:list.label") });
    await list.getByRole("link").first().click();
    await expect(button(say("chat:request.accept"), other)).toBeVisible();
    await expectWhole(other, "request card");
    await button(say("chat:request.accept"), other).click();
    const composer = other.getByRole("textbox", { name: say("chat:composer.label") });
    await composer.fill("좋아요");
    await button(say("chat:composer.send"), other).click();
    await expect(other.getByRole("log")).toContainText("좋아요");
    await expectWhole(other, "room");
    await button(say("chat:room.menu"), other).click();
    await other.getByRole("menuitem", { name: say("chat:room.openProfile") }).click();
    await expect(other.getByRole("link", { name: say("chat:drawer.page") })).toBeVisible();
    await expectWhole(other, "partner's profile");
  });

  await test.step("write a project", async () => {
    await page.goto("/projects/new");
    await page.getByLabel(say("editor:title"), { exact: true }).fill(`${title} 2`);
    const file = { name: "owl.png", mimeType: "image/png", buffer: await picture(page) };
    await page.locator("input[type=file]").first().setInputFiles(file);
    await expect(button(say("editor:thumbnail.remove"))).toBeVisible();
    await page.locator(".toastui-editor-md-container .ProseMirror").click();
    await page.keyboard.type("밤에 씁니다.");
    await expectWhole(page, "editor");
    await button(say("editor:publish")).click();
    await expect(page.getByRole("heading", { level: 1, name: `${title} 2` })).toBeVisible();
    await expectWhole(page, "own project");
  });

  await test.step("settings", async () => {
    for (const path of ["/me?tab=profile", "/me?tab=account", "/settings/notifications"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectWhole(page, path);
    }
    await page.goto("/me?tab=account");
    await button(say("account:delete.action")).click();
    await expect(page.getByText(say("account:delete.confirm"))).toBeVisible();
    await expectWhole(page, "deleting the account");
  });
});
