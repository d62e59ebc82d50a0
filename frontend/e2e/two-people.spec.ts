import { expect } from "@playwright/test";
import { picture, test } from "./people";

test("two people meet: post, find, bookmark, comment, talk, leave, ask again, go", async ({
  say,
  signUp,
}) => {
  test.setTimeout(180_000);
  const [mina, jun] = await Promise.all([
    signUp("mina", ["Python", "Django", "Redis"]),
    signUp("jun", ["Python", "Django", "React"]),
  ]);
  const title = `부엉이 알람 ${mina.username}`;

  await test.step("Mina posts a project with a cover and a picture in its text", async () => {
    const { page } = mina;
    await page.goto("/projects/new");
    await page.getByLabel(say("editor:title"), { exact: true }).fill(title);
    await page.getByLabel(say("editor:summary")).fill("밤에 일하는 사람을 깨우지 않는 알람");
    await page.getByRole("combobox", { name: say("editor:skills") }).fill("Django");
    await page.getByRole("option", { name: "Django", exact: true }).click();
    await page.getByLabel(say("editor:title"), { exact: true }).click();
    const image = { name: "a.png", mimeType: "image/png", buffer: await picture(page) };
    await page.locator("input[type=file]").first().setInputFiles(image);
    await expect(page.getByRole("button", { name: say("editor:thumbnail.remove") })).toBeVisible();

    const text = page.locator(".toastui-editor-md-container .ProseMirror");
    await text.click();
    await page.keyboard.type("조용한 알람입니다.");
    // A picture on the clipboard, as a screenshot would be.
    const bytes = [...(await picture(page, 400, 240))];
    await text.evaluate((element, data) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(data)], "b.png", { type: "image/png" }));
      element.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
    }, bytes);
    const preview = page.getByRole("region", { name: say("editor:preview") });
    await expect(preview.locator("img[src*='/media/']")).toBeVisible();
    await page.getByRole("button", { name: say("editor:publish"), exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.locator("article img[src*='/media/']")).toHaveCount(2);
  });

  await test.step("Jun finds it by text and by stack, and bookmarks it", async () => {
    const { page } = jun;
    await page.goto("/projects");
    await page.getByRole("searchbox", { name: say("board:search.label") }).fill(mina.username);
    await expect(page.getByRole("link", { name: title })).toBeVisible();
    await page.getByRole("textbox", { name: say("skills.filter") }).click();
    await page.getByRole("combobox", { name: say("skills.filter") }).fill("Djan");
    await page.getByRole("option", { name: "Django", exact: true }).click();
    await expect(page).toHaveURL(/skills=Django/);
    await expect(page.getByRole("link", { name: title })).toBeVisible();
    const mark = page.getByRole("button", { name: say("bookmark.of", { title }) });
    await mark.click();
    await expect(mark).toHaveAttribute("aria-pressed", "true");
    await page.goto("/me?tab=bookmarks");
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  });

  await test.step("Jun comments, and mends and deletes a comment in place", async () => {
    const { page } = jun;
    await page.getByRole("link", { name: title }).click();
    const field = page.getByRole("textbox", { name: say("project:comments.label") });
    for (const words of ["첫 번째 댓글", "두 번째 댓글"]) {
      await field.fill(words);
      await page.getByRole("button", { name: say("project:comments.send") }).click();
      await expect(page.locator("li", { hasText: words })).toBeVisible();
    }
    const first = page.locator("li", { hasText: "첫 번째 댓글" });
    await first.getByRole("button", { name: say("action.edit") }).click();
    await page.locator("li textarea").fill("고친 댓글");
    await page
      .locator("li")
      .getByRole("button", { name: say("action.save") })
      .click();
    await expect(page.getByText("고친 댓글")).toBeVisible();
    await page
      .locator("li", { hasText: "두 번째 댓글" })
      .getByRole("button", { name: say("action.delete") })
      .click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("action.delete") })
      .click();
    await expect(page.getByText("두 번째 댓글")).toBeHidden();
  });

  await test.step("Jun gets recommendations with reasons", async () => {
    const { page } = jun;
    await page.goto("/projects");
    const row = page.getByRole("list", { name: say("board:recommended.title") });
    await expect(row.getByRole("listitem").first()).toContainText(/Python|Django|React/);
  });

  await test.step("Jun asks Mina for a coffee chat and they talk", async () => {
    await jun.page.goto(`/users/${mina.username}`);
    await jun.page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await jun.page.getByRole("textbox", { name: say("request:message") }).fill("반갑습니다");
    await jun.page.getByRole("button", { name: say("request:send") }).click();
    await expect(jun.page.getByText(say("request:sent", { name: mina.username }))).toBeVisible();
    await mina.page.goto("/chat");
    await mina.page
      .getByRole("navigation", { name: say("chat:list.label") })
      .getByText(jun.username, { exact: true })
      .click();
    await mina.page.getByRole("button", { name: say("chat:request.accept") }).click();
    await expect(mina.page.getByRole("log")).toContainText("반갑습니다");
    const room = new URL(mina.page.url()).pathname;
    await mina.page.goto("/projects");
    await jun.page.goto(room);
    const box = (person: typeof jun) =>
      person.page.getByRole("textbox", { name: say("chat:composer.label") });
    // On a phone Enter makes a new line.
    const sendFrom = (person: typeof jun) =>
      person.page.getByRole("button", { name: say("chat:composer.send") }).click();
    await box(jun).fill("안녕하세요!");
    await sendFrom(jun);
    await expect(mina.page.getByText(say("chat:unread", { count: 1 })).first()).toBeAttached();
    await mina.page.goto(room);
    await expect(mina.page.getByRole("log")).toContainText("안녕하세요!");
    await box(mina).fill("반가워요");
    await sendFrom(mina);
    await expect(jun.page.getByRole("log")).toContainText("반가워요");
    await expect(mina.page.getByRole("log")).toContainText(say("chat:messages.read"));

    await jun.page.context().setOffline(true);
    await box(mina).fill("끊긴 사이에 보낸 말");
    await sendFrom(mina);
    await expect(mina.page.getByRole("log")).toContainText("끊긴 사이에 보낸 말");
    await jun.page.context().setOffline(false);
    await expect(jun.page.getByRole("log").getByText("끊긴 사이에 보낸 말")).toHaveCount(1, {
      timeout: 45_000,
    });

    await jun.page.getByRole("button", { name: say("chat:room.menu") }).click();
    await jun.page.getByRole("menuitem", { name: say("chat:room.leave") }).click();
    await jun.page
      .getByRole("dialog")
      .getByRole("button", { name: say("chat:leave.action") })
      .click();
    await expect(jun.page).toHaveURL(/\/chat$/);
    await expect(
      mina.page.getByText(say("chat:pending.left.title", { name: jun.username })),
    ).toBeVisible();

    await jun.page.goto(`/projects?search=${mina.username}`);
    const onCard = say("askForChatWith", { name: mina.username });
    await jun.page.getByRole("button", { name: onCard }).click();
    await jun.page.getByRole("textbox", { name: say("request:message") }).fill("다시 얘기해요");
    await jun.page.getByRole("button", { name: say("request:send") }).click();
    await expect(jun.page.getByRole("log")).toContainText("반가워요");
    await expect(box(mina)).toBeEnabled();
    await box(mina).fill("다시 왔네요");
    await sendFrom(mina);
    await expect(jun.page.getByRole("log")).toContainText("다시 왔네요");
  });

  await test.step("Jun deletes the account; Mina still reads what was said", async () => {
    const { page } = jun;
    await page.goto("/me?tab=account");
    await page.getByRole("button", { name: say("account:delete.action") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("account:delete.password"), { exact: true }).fill("wrong password");
    await dialog.getByRole("button", { name: say("account:delete.action") }).click();
    await expect(dialog.getByRole("alert").or(dialog.locator("[id$=error]")).first()).toBeVisible();
    await dialog.getByLabel(say("account:delete.password"), { exact: true }).fill(jun.password);
    await dialog.getByRole("button", { name: say("account:delete.action") }).click();
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByText(say("account:delete.done"))).toBeVisible();
    await mina.page.reload();
    await expect(mina.page.getByRole("log")).toContainText("반가워요");
    await page.goto("/login");
    await page.locator("input[name=email]").fill(jun.email);
    await page.locator("input[name=password]").fill(jun.password);
    await page.locator("form button[type=submit]").click();
    await expect(page.getByRole("alert").first()).toContainText(say("auth:logIn.refused"));
  });
});
