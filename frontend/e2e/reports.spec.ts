import { expect, type Page } from "@playwright/test";
import { type Person, publish, test } from "./people";

const ADMIN = { email: "admin@sidepro.dev", password: "night-owl-admin-2026" };
// The admin is in Korean, whatever the browser asks for.
const KINDS = { project: "프로젝트", comment: "댓글", user: "사용자", message: "메시지" };

test("what is reported reaches the moderators, who decide, and all concerned see it", async ({
  browser,
  say,
  signUp,
}) => {
  test.setTimeout(300_000);
  const [rita, otto] = await Promise.all([signUp("rita", ["Python"]), signUp("otto", ["Python"])]);
  const admin = await (await browser.newContext()).newPage();
  const title = `수상한 알람 ${otto.username}`;
  const project = await publish(otto.page, { title, summary: "광고입니다", content: "" });
  const harmless = await publish(rita.page, {
    title: "조용한 알람",
    summary: "밤에 울리지 않아요",
    content: "",
  });

  const composer = (page: Page) => page.getByRole("textbox", { name: say("chat:composer.label") });
  const row = (page: Page, other: Person) =>
    page
      .getByRole("navigation", { name: say("chat:list.label") })
      .getByText(other.username, { exact: true });

  /** The second click and a sentence; the first one opened the dialog. */
  async function report(kind: keyof typeof KINDS, sentence: string): Promise<void> {
    const dialog = rita.page.getByRole("dialog", { name: say(`safety:report.title.${kind}`) });
    await expect(dialog.getByLabel(say("safety:report.note"))).toBeFocused();
    await rita.page.keyboard.type(sentence);
    await dialog.getByRole("button", { name: say("safety:report.send") }).click();
    await expect(rita.page.getByText(say("safety:report.done"))).toBeVisible();
    await expect(dialog).toBeHidden();
  }

  /** Opens a case from the queue, looks at what was kept, and decides. */
  async function decide(
    kind: keyof typeof KINDS,
    evidence: string[],
    decision: string,
    answer = "",
  ): Promise<void> {
    await admin.goto(`/admin/moderation/case/?q=${otto.username}`);
    await admin.getByRole("link", { name: `${KINDS[kind]} · ${otto.username}` }).click();
    for (const words of evidence) await expect(admin.locator("#content")).toContainText(words);
    await admin.locator(`input[name=decision][value=${decision}]`).check();
    await admin.locator("select[name=answer]").selectOption(answer);
    await admin.locator("input[name=_save]").click();
    await expect(admin.locator(".messagelist .success")).toBeVisible();
  }

  await test.step("Otto comments on Rita's project, and they talk", async () => {
    const { page } = otto;
    await page.goto(`/projects/${harmless}`);
    await page.getByRole("textbox", { name: say("project:comments.label") }).fill("사세요 사세요");
    await page.getByRole("button", { name: say("project:comments.send") }).click();
    await expect(page.locator("li", { hasText: "사세요 사세요" })).toBeVisible();

    await page.goto(`/users/${rita.username}`);
    await page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await page.getByRole("textbox", { name: say("request:message") }).fill("싸게 드려요");
    await page.getByRole("button", { name: say("request:send") }).click();
    await expect(page.getByText(say("request:sent", { name: rita.username }))).toBeVisible();
    await rita.page.goto("/chat");
    await row(rita.page, otto).click();
    await rita.page.getByRole("button", { name: say("chat:request.accept") }).click();
    await expect(composer(rita.page)).toBeVisible();
  });

  const room = new URL(rita.page.url()).pathname;

  await test.step("Rita reports each thing where she sees it", async () => {
    const { page } = rita;
    const flag = page.getByRole("button", { name: say("chat:messages.report") });
    await flag.first().click();
    await report("message", "채팅으로 물건을 팔아요");

    await page.goto(`/projects/${project}`);
    const action = page.getByRole("button", { name: say("safety:report.action"), exact: true });
    const file = "**/ReportDialog-*.js";
    await page.route(file, (route) => route.abort());
    await action.click();
    await expect(page.getByText(say("missing.text"))).toBeVisible();
    await expect(action).toBeFocused();
    await page.unroute(file);
    await action.click();
    await report("project", "프로젝트가 아니라 광고예요");
    await expect(action).toBeFocused();

    await page.goto(`/projects/${harmless}`);
    await page.locator("li", { hasText: "사세요 사세요" }).locator(action).click();
    await report("comment", "댓글이 광고예요");

    await page.goto(`/users/${otto.username}`);
    await action.click();
    await report("user", "여기저기에 광고를 해요");
  });

  await test.step("a moderator finds four cases, each with what was said", async () => {
    await admin.goto("/admin/moderation/case/");
    await admin.locator("#id_username").fill(ADMIN.email);
    await admin.locator("#id_password").fill(ADMIN.password);
    await admin.locator("[type=submit]").click();
    for (const kind of Object.values(KINDS)) {
      await expect(
        admin.getByRole("link", { name: `${kind} · ${otto.username}`, exact: true }),
      ).toBeVisible();
    }
  });

  await test.step("the project is hidden, the comment stays, both with their answers", async () => {
    await decide("project", [rita.username, "프로젝트가 아니라 광고예요", title], "hide");
    await decide(
      "comment",
      [rita.username, "댓글이 광고예요", "사세요 사세요"],
      "dismiss",
      "block_instead",
    );
    await rita.page.goto("/notifications");
    await expect(rita.page.getByText(say("notification:answer.removed"))).toBeVisible();
    await expect(rita.page.getByText(say("notification:answer.block_instead"))).toBeVisible();
    await rita.page.goto(`/projects/${harmless}`);
    await expect(rita.page.locator("li", { hasText: "사세요 사세요" })).toBeVisible();
    await rita.page.goto(`/projects/${project}`);
    await expect(rita.page.getByText(say("notFound.title")).first()).toBeVisible();

    await otto.page.goto("/notifications");
    await expect(otto.page.getByText(say("notification:text.moderation.one"))).toBeVisible();
  });

  await test.step("for the message Otto is suspended: his page ends, Rita reads only", async () => {
    await rita.page.goto(room);
    await composer(rita.page).fill("아직 쓸 수 있어요");
    await otto.page.goto(room);
    await expect(composer(otto.page)).toBeVisible();
    await decide("message", [rita.username, "채팅으로 물건을 팔아요", "싸게 드려요"], "suspend");

    // Open sockets follow within a heartbeat.
    await expect(rita.page.getByRole("note")).toContainText(say("chat:pending.unavailable.title"));
    await expect(composer(rita.page)).toBeHidden();
    await expect(rita.page.getByRole("log")).toContainText("싸게 드려요");
    await expect(composer(otto.page)).toBeHidden({ timeout: 60_000 });
    await otto.page.goto("/login");
    await otto.page.locator("input[name=email]").fill(otto.email);
    await otto.page.locator("input[name=password]").fill(otto.password);
    await otto.page.locator("form button[type=submit]").click();
    await expect(otto.page.getByRole("alert").first()).toContainText(say("auth:logIn.refused"));

    await rita.page.goto("/notifications");
    await expect(rita.page.getByText(say("notification:answer.suspended"))).toBeVisible();
    await rita.page.goto(`/users/${otto.username}`);
    await expect(rita.page.getByText(say("notFound.title")).first()).toBeVisible();
    await rita.page.goto(`/projects/${harmless}`);
    await expect(rita.page.getByText("사세요 사세요")).toHaveCount(0);
  });

  await test.step("the last case needs no more, and none of Otto's waits", async () => {
    await decide("user", ["여기저기에 광고를 해요"], "dismiss", "not_enough");
    await admin.goto(`/admin/moderation/case/?q=${otto.username}`);
    await expect(admin.getByRole("link", { name: otto.username })).toHaveCount(0);
    await admin.goto(`/admin/moderation/case/?q=${otto.username}&decision=all`);
    await expect(admin.locator("#result_list tbody tr")).toHaveCount(4);
    await expect(admin.locator("#result_list")).toContainText("부엉이지기");
    await rita.page.goto("/notifications");
    await expect(rita.page.getByText(say("notification:answer.not_enough"))).toBeVisible();
  });
});
