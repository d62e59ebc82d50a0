import { expect, type Page } from "@playwright/test";
import { logIn, test } from "./people";

/** What the page has shown as notifications of the system, and how often it made a sound. */
type Noticed = Window & { shown: { title: string; body: string }[]; sounds: number };

/** Notes each notification and sound, and lets it happen. */
async function notice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noticed = window as unknown as Noticed;
    noticed.shown = [];
    noticed.sounds = 0;
    const Original = window.Notification;
    window.Notification = class extends Original {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        this.addEventListener("show", () => {
          noticed.shown.push({ title, body: options?.body ?? "" });
        });
      }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      noticed.sounds += 1;
      start.call(this, when);
    };
  });
}

const shown = (page: Page) => page.evaluate(() => (window as unknown as Noticed).shown);
const sounds = (page: Page) => page.evaluate(() => (window as unknown as Noticed).sounds);

test("what is unread stands in the title of every page, and calls as one has chosen", async ({
  browser,
  say,
  signUp,
}) => {
  test.setTimeout(240_000);
  const [host, other] = await Promise.all([
    signUp("host", ["Python"]),
    signUp("other", ["Python"]),
  ]);
  const { page } = host;
  await page.context().grantPermissions(["notifications"]);
  await notice(page);

  const send = async (words: string) => {
    await other.page.getByRole("textbox", { name: say("chat:composer.label") }).fill(words);
    await other.page.getByRole("button", { name: say("chat:composer.send") }).click();
    await expect(other.page.getByRole("log")).toContainText(words);
  };
  const alerts = () => page.getByRole("button", { name: say("chat:alerts.label") });
  const turn = async (name: string, on: boolean) => {
    await alerts().click();
    const choice = page.getByRole("switch", { name: say(name) });
    await expect(choice).toBeChecked({ checked: !on });
    await choice.click();
    await expect(choice).toBeChecked({ checked: on });
    await page.keyboard.press("Escape");
  };
  /** Another window has the focus, as for a person who works elsewhere. */
  const away = () => page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await page.addInitScript(() => {
    document.hasFocus = () => false;
  });

  await test.step("a request calls nobody who has not asked for it", async () => {
    await page.goto("/projects");
    await expect(page).toHaveTitle(/^(?!\()/);
    await other.page.goto(`/users/${host.username}`);
    await other.page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await other.page.getByRole("textbox", { name: say("request:message") }).fill("안녕하세요");
    await other.page.getByRole("button", { name: say("request:send") }).click();
    await expect(page).toHaveTitle(/^\(1\) /);
    expect(await shown(page)).toEqual([]);
    expect(await sounds(page)).toBe(0);
  });

  await test.step("the title counts on every page", async () => {
    for (const path of [
      "/",
      "/projects",
      "/people",
      "/me",
      "/notifications",
      "/chat",
      "/nothing",
    ]) {
      await page.goto(path);
      await expect(page, path).toHaveTitle(/^\(1\) /);
    }
  });

  await test.step("notifications on request: what was said, and a click leads there", async () => {
    await page.goto("/chat");
    await page
      .getByRole("navigation", { name: say("chat:list.label") })
      .getByText(other.username, { exact: true })
      .click();
    await page.getByRole("button", { name: say("chat:request.accept") }).click();
    await expect(page.getByRole("textbox", { name: say("chat:composer.label") })).toBeVisible();
    const room = new URL(page.url()).pathname;
    await other.page.goto(room);
    await page.goto("/chat");
    await turn("chat:alerts.notifications", true);
    await away();
    await send("브라우저 밖에서도 보이는 말");
    await expect
      .poll(() => shown(page))
      .toEqual([
        {
          title: say("chat:alerts.message", { name: other.username }),
          body: "브라우저 밖에서도 보이는 말",
        },
      ]);
    expect(await sounds(page)).toBe(0);
  });

  await test.step("the sound, when one wants it", async () => {
    await turn("chat:alerts.notifications", false);
    await turn("chat:alerts.sound", true);
    const before = await sounds(page); // it was played as a sample
    expect(before).toBeGreaterThan(0);
    await away();
    await send("소리로만 알리는 말");
    await expect.poll(() => sounds(page)).toBeGreaterThan(before);
    expect(await shown(page)).toHaveLength(1);
  });

  await test.step("who logs in elsewhere has it off, and counts what no window showed", async () => {
    const laptop = await (await browser.newContext()).newPage();
    await logIn(laptop, host.email, host.password);
    await expect(laptop).toHaveTitle(/^\(3\) /);
    expect(await laptop.evaluate(() => localStorage.getItem("sidepro.alerts"))).toBeNull();
  });
});
