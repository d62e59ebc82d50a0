import { expect, type Page } from "@playwright/test";
import { type Person, publish, test } from "./people";
import { python } from "./server";

/** Turns the clock of one request back by eight days: it has run out. */
function runOut(roomId: string): void {
  python(
    [
      "from datetime import timedelta",
      "from django.db.models import F",
      "from chat.models import Room",
      `Room.objects.filter(pk="${roomId}").update(created_at=F("created_at") - timedelta(days=8))`,
    ].join("\n"),
  );
}

const roomOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1) ?? "";

test("three people: ask, decline, run out, accept, block, report", async ({ say, signUp }) => {
  test.setTimeout(240_000);
  const [ann, ben, cho] = await Promise.all([
    signUp("ann", ["Python", "Django", "Redis"]),
    signUp("ben", ["Python", "Django", "React"]),
    signUp("cho", ["Go"]),
  ]);
  const title = `부엉이 알람 ${ben.username}`;
  const project = await publish(ben.page, { title, summary: "조용한 알람", content: "" });

  const write = (page: Page) => page.getByRole("textbox", { name: say("request:message") });
  const send = (page: Page) => page.getByRole("button", { name: say("request:send") });
  const composer = (page: Page) => page.getByRole("textbox", { name: say("chat:composer.label") });
  const row = (page: Page, other: Person) =>
    page
      .getByRole("navigation", { name: say("chat:list.label") })
      .getByText(other.username, { exact: true });

  /** Asks for a coffee chat from the other's page. */
  async function ask(from: Person, to: Person, words: string): Promise<void> {
    await from.page.goto(`/users/${to.username}`);
    await from.page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await write(from.page).fill(words);
    await send(from.page).click();
    await expect(write(from.page)).toBeHidden();
  }

  await test.step("Ann asks from the project's page, with a suggestion about it", async () => {
    const { page } = ann;
    await page.goto(`/projects/${project}`);
    await page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await expect(send(page)).toBeDisabled();
    await page.getByRole("button", { name: say("request:suggestion.project", { title }) }).click();
    await send(page).click();
    await expect(page.getByText(say("request:sent", { name: ben.username }))).toBeVisible();
    await page.goto("/chat");
    await expect(page.getByText(say("chat:status.requested_by_me"))).toBeVisible();
  });

  await test.step("Ben sees who asks, what they share and about what, and declines", async () => {
    const { page } = ben;
    await page.goto("/chat");
    await expect(page).toHaveTitle(/^\(1\) /);
    await expect(page.getByText(say("chat:requests.title", { count: 1 }))).toBeVisible();
    await row(page, ann).click();
    const card = page.getByRole("article");
    await expect(card).toContainText(say("chat:request.title", { name: ann.username }));
    await expect(card.getByRole("link", { name: title })).toBeVisible();
    await expect(card).toContainText(say("request:suggestion.project", { title }));
    await expect(card.locator("[data-shared] li")).toHaveText(["Django", "Python"]);
    await expect(composer(page)).toBeHidden();
    await card.getByRole("button", { name: say("chat:request.decline") }).click();
    await expect(page).toHaveURL(/\/chat$/);
    await expect(row(page, ann)).toBeHidden();
  });

  await test.step("Ann is not told, and asking again changes nothing", async () => {
    const { page } = ann;
    await page.goto("/chat");
    await row(page, ben).click();
    await expect(page.getByRole("note")).toContainText(
      say("chat:pending.requested_by_me.title", { name: ben.username }),
    );
    await expect(composer(page)).toBeHidden();
  });

  await test.step("Cho's request to Ben runs out by the clock; Cho is told and clears it", async () => {
    const { page } = cho;
    await ask(cho, ben, "같이 만들어요");
    await page.goto("/chat");
    await row(page, ben).click();
    runOut(roomOf(page));
    await page.reload();
    await expect(page.getByRole("note")).toContainText(say("chat:pending.expired.title"));
    await page.getByRole("button", { name: say("chat:pending.expired.action") }).click();
    await expect(page).toHaveURL(/\/chat$/);
    await expect(row(page, ben)).toBeHidden();
    await ben.page.goto("/chat");
    await expect(row(ben.page, cho)).toBeHidden();
  });

  await test.step("Cho asks Ann, who accepts while Cho looks on, and they talk", async () => {
    await ask(cho, ann, "이야기 나눠요");
    await cho.page.goto("/chat");
    await row(cho.page, ann).click();
    await expect(cho.page.getByRole("note")).toBeVisible();
    await ann.page.goto("/chat");
    await row(ann.page, cho).click();
    await ann.page.getByRole("button", { name: say("chat:request.accept") }).click();
    await expect(composer(ann.page)).toBeVisible();
    await expect(composer(cho.page)).toBeVisible();
    await composer(cho.page).fill("고마워요!");
    await cho.page.getByRole("button", { name: say("chat:composer.send") }).click();
    await expect(ann.page.getByRole("log")).toContainText("고마워요!");
    await expect(ann.page.getByText(say("chat:status.running")).last()).toBeVisible();
    await expect(cho.page.getByRole("log")).toContainText(say("chat:messages.read"));
  });

  await test.step("Ann reports what Cho said, then blocks Cho in the middle of it", async () => {
    const { page } = ann;
    await page
      .getByRole("button", { name: say("chat:messages.report") })
      .first()
      .click();
    const report = page.getByRole("dialog");
    await report.getByLabel(say("safety:report.note")).fill("불쾌한 말");
    await report.getByRole("button", { name: say("safety:report.send") }).click();
    await expect(report).toBeHidden();

    await page
      .getByRole("button", { name: say("chat:room.profile", { name: cho.username }) })
      .click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("safety:block.action") })
      .click();
    // English says the same on both buttons: the one of the question is meant.
    await page
      .getByRole("dialog", { name: say("safety:block.title", { name: cho.username }) })
      .getByRole("button", { name: say("safety:block.confirm") })
      .click();
    await expect(cho.page.getByRole("note")).toContainText(
      say("chat:pending.unavailable.title", { name: ann.username }),
    );
    await expect(composer(cho.page)).toBeHidden();
    await page.goto("/chat");
    await expect(row(page, cho)).toBeHidden();
  });
});
