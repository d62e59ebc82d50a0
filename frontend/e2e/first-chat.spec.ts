import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import { languageOf, logIn, signUp, texts } from "./people";

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

test("who is closed at sign-up is not asked, and a visitor's request waits for the log-in", async ({
  browser,
  page,
  locale,
  contextOptions,
}) => {
  test.setTimeout(180_000);
  const say = texts(languageOf(locale));
  const options: BrowserContextOptions = { ...contextOptions, ...(locale && { locale }) };
  const policies = (owner: Page) =>
    owner.getByRole("radiogroup", { name: say("profile.chatPolicy.label") });
  const host = await signUp(browser, options, "host", ["Python"]);

  await test.step("the first minutes ask who may ask, with the careful answer chosen", async () => {
    await host.page.goto("/welcome");
    await expect(
      policies(host.page).getByRole("radio", { name: say("profile.chatPolicy.request") }),
    ).toBeChecked();
  });

  await test.step("a visitor is told why to log in, and finds what they wrote", async () => {
    await page.goto(`/users/${host.username}`);
    await page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await page.getByRole("textbox", { name: say("request:message") }).fill("손님의 첫마디");
    await expect(page.getByText(say("request:visitor.title"))).toBeVisible();
    await expect(page.getByText(say("request:visitor.text"))).toBeVisible();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("nav.logIn") })
      .click();
    await page.locator("input[name=email]").fill("demo@sidepro.dev");
    await page.locator("input[name=password]").fill("night-owl-2026");
    await page.locator("form button[type=submit]").click();
    await expect(page).toHaveURL(new RegExp(`/users/${host.username}$`));
    const dialog = page.getByRole("dialog", {
      name: say("request:title", { name: host.username }),
    });
    await expect(dialog.getByRole("textbox", { name: say("request:message") })).toHaveValue(
      "손님의 첫마디",
    );
    await dialog.getByRole("button", { name: say("request:send") }).click();
    await expect(page.getByText(say("request:sent", { name: host.username }))).toBeVisible();
    await page.goto("/chat");
    await expect(page.getByText(host.username, { exact: true }).first()).toBeVisible();
  });

  await test.step("a visitor who signs up on the way finds it after their first minutes", async () => {
    const guest = await (await browser.newContext(options)).newPage();
    await guest.goto(`/users/${host.username}`);
    await guest.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await guest.getByRole("textbox", { name: say("request:message") }).fill("처음 뵙겠습니다");
    await guest
      .getByRole("dialog")
      .getByRole("button", { name: say("nav.signUp") })
      .click();
    const unique = `guest${Date.now().toString(36)}`;
    await guest.getByLabel(say("auth:email")).fill(`${unique}@example.com`);
    await guest.getByLabel(say("auth:username")).fill(unique);
    await guest.getByLabel(say("auth:password"), { exact: true }).fill("밤에 만드는 부엉이 42");
    await guest.getByRole("button", { name: say("auth:signUp.action") }).click();
    await guest.getByRole("link", { name: say("auth:welcome.leave") }).click();
    await expect(guest).toHaveURL(new RegExp(`/users/${host.username}$`));
    await expect(guest.getByRole("textbox", { name: say("request:message") })).toHaveValue(
      "처음 뵙겠습니다",
    );
  });

  await test.step("who wants none says so, and is not asked", async () => {
    await policies(host.page)
      .getByRole("radio", { name: say("profile.chatPolicy.closed") })
      .check();
    await host.page.getByRole("button", { name: say("auth:welcome.action") }).click();
    await expect(host.page.getByText(say("auth:welcome.saved"))).toBeVisible();
    const other = await signUp(browser, options, "other", []);
    await other.page.goto(`/users/${host.username}`);
    await other.page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await other.page.getByRole("textbox", { name: say("request:message") }).fill("안녕하세요");
    await other.page.getByRole("button", { name: say("request:send") }).click();
    await expect(other.page.getByText(say("request:failure.notAccepting"))).toBeVisible();
  });
});

test("what is unread stands in the title of every page, and calls as one has chosen", async ({
  browser,
  locale,
  contextOptions,
}) => {
  test.setTimeout(240_000);
  const say = texts(languageOf(locale));
  const options: BrowserContextOptions = { ...contextOptions, ...(locale && { locale }) };
  const [host, other] = await Promise.all([
    signUp(browser, options, "host", ["Python"]),
    signUp(browser, options, "other", ["Python"]),
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
    // The track is what one sees; the input lies under it.
    const choice = page.getByRole("switch", { name: say(name) });
    await expect(choice).toBeChecked({ checked: !on });
    await page.getByText(say(name), { exact: true }).click();
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

  await test.step("who logs in elsewhere has it off, and counts what is unread", async () => {
    const laptop = await (await browser.newContext(options)).newPage();
    await logIn(laptop, host.email, host.password);
    await expect(laptop).toHaveTitle(/^\(2\) /);
    expect(await laptop.evaluate(() => localStorage.getItem("sidepro.alerts"))).toBeNull();
  });
});
