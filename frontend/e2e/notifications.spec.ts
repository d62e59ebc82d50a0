import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { languageOf, type Person, publish, test } from "./people";
import { click, PushBrowser, shownIn } from "./push";
import { python } from "./server";

/** Runs the job of mails for a person whose ten minutes are over. */
function sendMails(to: Person, env: Record<string, string>): void {
  python(
    [
      "from django.utils import timezone",
      "from notification.cron import send_mails",
      "from notification.models import Delivery",
      `waiting = Delivery.objects.waiting().filter(recipient__username="${to.username}")`,
      "waiting.update(due_at=timezone.now())",
      "send_mails()",
    ].join("\n"),
    env,
  );
}

for (const scheme of ["light", "dark"] as const) {
  test(`the page without a connection is for everybody in ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("/offline.html");
    await expect(page.getByRole("link")).toBeVisible();
    await expectAccessible(page);
  });
}

test("two people are notified: on the site, by mail, by push, and no longer", async ({
  browser,
  locale,
  baseURL,
  say,
  signUp,
}, info) => {
  test.setTimeout(300_000);
  const site = baseURL ?? "";
  const calm = { reducedMotion: "reduce" } as const;
  const [mina, jun] = await Promise.all([
    signUp("mina", ["Python"], calm),
    // Pushes were never offered here.
    signUp("jun", ["Python"], { ...calm, storageState: undefined }),
  ]);
  const env = {
    FRONTEND_URL: site,
    VAPID_PUBLIC_KEY: process.env.VAPID_PUBLIC_KEY ?? "",
    VAPID_PRIVATE_KEY: process.env.VAPID_PRIVATE_KEY ?? "",
  };
  const titleOf = (person: Person) => `부엉이 알람 ${person.username}`;
  const project = (person: Person) =>
    publish(person.page, {
      title: titleOf(person),
      summary: "밤에 일하는 사람을 깨우지 않는 알람",
      content: "조용한 알람입니다.",
      skills: ["Python"],
    });
  const minas = await project(mina);

  const bell = (page: Page, number = 0) =>
    page.getByRole("button", {
      name: number ? say("notification:bellUnread", { number }) : say("notification:title"),
      exact: true,
    });
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: `test-results/screens/${info.project.name}-${name}.png` });

  async function comment(from: Person, id: number, words: string): Promise<void> {
    const { page } = from;
    await page.goto(`/projects/${id}`);
    await page.getByRole("textbox", { name: say("project:comments.label") }).fill(words);
    await page.getByRole("button", { name: say("project:comments.send"), exact: true }).click();
    await expect(page.locator("li", { hasText: words })).toBeVisible();
  }

  /** Opens the newest mail to a person as the mail program would show it. */
  async function openMail(page: Page, to: Person): Promise<void> {
    await page.goto("/mail/");
    await page.locator("li", { hasText: to.email }).getByRole("link").first().click();
  }

  await test.step("Jun comments; Mina's bell says so at once, she reads, the number is gone", async () => {
    const { page } = mina;
    await page.goto("/projects");
    await expect(bell(page)).toBeVisible();
    await comment(jun, minas, "알람 소리가 궁금해요");
    await expect(bell(page, 1)).toBeVisible();
    const panel = page.getByRole("dialog", { name: say("notification:title") });
    await bell(page, 1).focus();
    await page.keyboard.press("Enter");
    await expect(panel.getByRole("listitem")).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(panel.getByRole("button", { name: say("notification:readAll") })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(bell(page, 1)).toBeFocused();
    await bell(page, 1).click();
    const row = panel.getByRole("link", {
      name: say("notification:text.comment.one", { name: jun.username, title: titleOf(mina) }),
    });
    await expect(row).toBeVisible();
    await expectAccessible(page);
    await picture(page, "panel");
    await row.click();
    await expect(page).toHaveURL(new RegExp(`/projects/${minas}#comment-\\d+$`));
    await expect(page.getByText("알람 소리가 궁금해요")).toBeVisible();
    await expect(panel).toBeHidden();
    await expect(bell(page)).toBeVisible();
  });

  const juns = await test.step("Mina follows Jun and hears of his next project", async () => {
    const { page } = mina;
    await page.goto(`/users/${jun.username}`);
    await page
      .getByRole("button", { name: say("follow.actionName", { name: jun.username }) })
      .click();
    await expect(
      page.getByRole("button", { name: say("follow.undoName", { name: jun.username }) }),
    ).toBeVisible();
    const id = await project(jun);
    python("from notification.cron import announce_projects\nannounce_projects()");
    await page.goto("/notifications");
    await expect(page.getByRole("heading", { name: say("notification:day.today") })).toBeVisible();
    await page
      .getByRole("link", {
        name: say("notification:text.new_project.one", {
          name: jun.username,
          title: titleOf(jun),
        }),
      })
      .click();
    await expect(page).toHaveURL(new RegExp(`/projects/${id}$`));
    await page.goto("/projects");
    await page.getByRole("link", { name: say("board:tabs.following") }).click();
    await expect(page.getByRole("link", { name: titleOf(jun) })).toBeVisible();
    return id;
  });

  await test.step("Jun mentions Mina; the mail brings her there, and she answers", async () => {
    const { page } = mina;
    await comment(jun, juns, `@${mina.username} 이 부분 어때요?`);
    await expect(bell(page, 1)).toBeVisible();
    sendMails(mina, env);
    await openMail(page, mina);
    await expect(page.getByText("이 부분 어때요?")).toBeVisible();
    await page.getByRole("link", { name: titleOf(jun) }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${juns}#comment-\\d+$`));
    await expect(bell(page)).toBeVisible();
    await page.getByRole("button", { name: say("project:comments.reply"), exact: true }).click();
    await page
      .getByRole("textbox", { name: say("project:comments.replyTo", { name: jun.username }) })
      .fill("아주 좋아요");
    await page.getByRole("button", { name: say("project:comments.reply"), exact: true }).click();
    await expect(page.locator("li", { hasText: "아주 좋아요" }).last()).toBeVisible();
    await expect(bell(jun.page, 1)).toBeVisible();
  });

  await test.step("The mail's link ends such mails, without a log-in", async () => {
    const visitor = await (await browser.newContext(calm)).newPage();
    await openMail(visitor, mina);
    const stop = languageOf(locale) === "ko" ? "알림 메일 그만 받기" : "Stop these mails";
    await visitor.getByRole("link", { name: stop }).click();
    await expect(visitor.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(visitor);
    await picture(visitor, "unsubscribe");
    await visitor.locator("button[value=kinds]").click();
    await expect(visitor.locator("form")).toBeHidden();
    await expectAccessible(visitor);
    await picture(visitor, "unsubscribed");
    await mina.page.goto("/settings/notifications");
    const mail = (kind: string) =>
      mina.page.getByRole("switch", {
        name: `${say(`notification:settings.kinds.${kind}`)} · ${say("notification:settings.channel.mail")}`,
      });
    await expect(mail("mention")).not.toBeChecked();
    await expect(mail("comment")).toBeChecked();

    // What a mail program's own button sends (RFC 8058).
    await comment(jun, minas, "또 올게요");
    sendMails(mina, env);
    await openMail(visitor, mina);
    const link = await visitor.getByRole("link", { name: stop }).getAttribute("href");
    const answer = await visitor.request.post(link ?? "", {
      form: { "List-Unsubscribe": "One-Click" },
    });
    expect(answer.status()).toBe(200);
    await mina.page.reload();
    await expect(mail("comment")).not.toBeChecked();
    await visitor.context().close();
  });

  await test.step("Jun turns pushes on, and a push brings him to the chat that Mina opened", async () => {
    const { page } = jun;
    const push = new PushBrowser(jun, site);
    await push.prepare();
    await page.goto(`/users/${mina.username}`);
    await page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await page.getByRole("textbox", { name: say("request:message") }).fill("반갑습니다");
    await page.getByRole("button", { name: say("request:send") }).click();
    const offer = page.getByRole("dialog");
    await expect(offer.getByText(say("request:offer.text"))).toBeVisible();
    await expectAccessible(page);
    await picture(page, "offer");
    await offer.getByRole("button", { name: say("request:offer.no") }).click();

    await page.goto("/settings/notifications");
    const label = say("notification:settings.push.label");
    await page.getByRole("switch", { name: label }).click();
    await expect(page.getByRole("switch", { name: label })).toBeChecked();
    await expect(page.getByText(say("notification:settings.push.on"))).toBeVisible();
    await expectAccessible(page);
    await picture(page, "push-on");

    await mina.page.goto("/chat");
    await mina.page
      .getByRole("navigation", { name: say("chat:list.label") })
      .getByText(jun.username, { exact: true })
      .click();
    await mina.page.getByRole("button", { name: say("chat:request.accept") }).click();
    await expect(mina.page.getByRole("log")).toContainText("반갑습니다");
    const room = new URL(mina.page.url()).pathname;
    let sent: string | null = null;
    // The site's own job may have the push in its hands for a moment.
    await expect(() => {
      sent = push.sent(env);
      expect(sent ?? "").toContain(room);
    }).toPass({ timeout: 90_000 });
    await push.deliver(sent ?? "");
    await expect.poll(() => shownIn(page)).toHaveLength(1);
    const [shown] = await shownIn(page);
    expect(shown?.body).toContain(mina.username);
    const opened = await click(page);
    expect(opened).toMatch(new RegExp(`^${site}${room}\\?n=\\d+$`));
    const marked = page.waitForResponse((answer) => answer.url().includes("/notifications/read/"));
    await page.goto(opened);
    expect((await marked).ok()).toBe(true);
    await expect(page).toHaveURL(`${site}${room}`);
    await expect(page.getByRole("log")).toContainText("반갑습니다");
  });
});
