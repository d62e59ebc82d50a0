import { expect, type Page } from "@playwright/test";
import { pushesWereOffered, test } from "./people";

test("who is closed at sign-up is not asked, and a visitor's request waits for the log-in", async ({
  browser,
  baseURL,
  say,
  signUp,
}) => {
  test.setTimeout(180_000);
  const offered = { storageState: pushesWereOffered(baseURL) };
  const page = await (await browser.newContext(offered)).newPage();
  const policies = (owner: Page) =>
    owner.getByRole("radiogroup", { name: say("profile.chatPolicy.label") });
  const host = await signUp("host", ["Python"]);

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
    const guest = await (await browser.newContext()).newPage();
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
    const other = await signUp("other", []);
    await other.page.goto(`/users/${host.username}`);
    await other.page.getByRole("button", { name: say("askForChat"), exact: true }).click();
    await other.page.getByRole("textbox", { name: say("request:message") }).fill("안녕하세요");
    await other.page.getByRole("button", { name: say("request:send") }).click();
    await expect(other.page.getByText(say("request:failure.notAccepting"))).toBeVisible();
  });
});
