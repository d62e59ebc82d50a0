import { expect, type Page } from "@playwright/test";
import { type Say, send } from "./people";

/** A screen, and what opens on it. */
export interface Screen {
  /** Of its picture in `test-results/screens`. */
  name: string;
  /** Its address; without one it is what opens on the screen before. */
  path?: string;
  /** What one does to see it. */
  act?: (page: Page, say: Say) => Promise<void>;
  /** A text or label that is there once it stands. */
  word: string;
  /** The page, or what it asks for, fails on purpose: browsers say so in their console. */
  fails?: boolean;
}

type Act = NonNullable<Screen["act"]>;

const press =
  (key: string): Act =>
  (page, say) =>
    page
      .getByRole("button", { name: say(key), exact: true })
      .first()
      .click();

const choose =
  (key: string): Act =>
  (page, say) =>
    page.getByRole("menuitem", { name: say(key) }).click();

/** Shows the list as cards where it was compact, and the other way round. */
const otherView: Act = (page) =>
  page.locator("button:has(.tabler-icon-list, .tabler-icon-layout-grid)").click();

/** What is read only when it comes near. */
const scrollDown: Act = async (page, say) => {
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(page.getByRole("heading", { name: say("project:similar") })).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await page.keyboard.press("Home");
};

/** Lets what is asked for not come, come as an error, or be on its way for ever. */
const fail =
  (address: RegExp, how: "abort" | "error" | "wait"): Act =>
  async (page) => {
    await page.route(address, async (route) => {
      if (how === "abort") await route.abort();
      if (how === "error") await route.fulfill({ status: 500, json: {} });
    });
  };

/** A text that was changed on another device while this one changes it. */
const changeElsewhere: Act = async (page, say) => {
  const id = new URL(page.url()).pathname.split("/")[2];
  await page.getByLabel(say("editor:summary")).fill("여기서 고친 소개");
  await send(page, "PATCH", `projects/${id}/`, { summary: "다른 곳에서 고친 소개" });
  await press("editor:save")(page, say);
};

/** The screens that a visitor sees. `PROJECT` and `PERSON` in addresses are some of the demo's. */
export const VISITOR: Screen[] = [
  { name: "landing", path: "/", word: "landing:live" },
  { name: "landing-menu", act: press("nav.settings"), word: "nav.language" },
  { name: "signup", path: "/signup", word: "auth:signUp.action" },
  {
    name: "signup-refused",
    act: async (page, say) => {
      await page.getByLabel(say("auth:email")).fill("no address");
      await page.getByLabel(say("auth:password"), { exact: true }).fill("12");
      await page.getByLabel(say("auth:username")).fill("a b");
    },
    word: "auth:signUp.username.invalid",
    fails: true,
  },
  { name: "login", path: "/login", word: "auth:logIn.forgot" },
  {
    name: "login-refused",
    act: async (page) => {
      await page.locator("input[name=email]").fill("nobody@example.com");
      await page.locator("input[name=password]").fill("wrong");
      await page.locator("form button[type=submit]").click();
    },
    word: "auth:logIn.refused",
    fails: true,
  },
  { name: "terms", path: "/terms", word: "legal:terms.title" },
  { name: "privacy", path: "/privacy", word: "legal:privacy.title" },
  { name: "reset", path: "/password-reset", word: "auth:reset.action" },
  { name: "reset-new", path: "/password-reset?uid=MQ&token=none", word: "auth:reset.set" },
  {
    name: "reset-stale",
    act: async (page, say) => {
      const field = page.getByLabel(say("auth:reset.newPassword"), { exact: true });
      await field.fill("밤에 만드는 부엉이 42");
      await press("auth:reset.set")(page, say);
    },
    word: "auth:reset.again",
    fails: true,
  },
  { name: "verify", path: "/verify", word: "email:verify.staleTitle" },
  { name: "board-visitor", path: "/projects", word: "board:ordering.newest" },
  {
    name: "board-skills",
    act: async (page, say) => {
      await page.getByLabel(say("skills.filter")).click();
      await expect(page.getByRole("option", { name: ".NET", exact: true })).toBeVisible();
    },
    word: "board:ordering.newest",
  },
  { name: "nothing-found", path: "/projects?search=zzzz", word: "board:nothingFound.title" },
  { name: "people-visitor", path: "/people", word: "people:title" },
  { name: "people-nobody", path: "/people?search=zzzz", word: "people:nobody.title" },
  { name: "skill", path: "/skills/python", word: "people:related" },
  { name: "skill-people", path: "/skills/python?tab=people", word: "people:related" },
  { name: "project-visitor", path: "PROJECT", act: scrollDown, word: "project:similar" },
  { name: "request-visitor", act: press("askForChat"), word: "request:visitor.title" },
  { name: "user-visitor", path: "PERSON", word: "askForChat" },
];

/** What is not there, not yet there, or broken, whoever looks. */
export const BROKEN: Screen[] = [
  { name: "not-found", path: "/no/such/page", word: "notFound.title", fails: true },
  { name: "no-project", path: "/projects/999999", word: "notFound.title", fails: true },
  { name: "no-person", path: "/users/nobody-at-all", word: "notFound.title", fails: true },
  { name: "no-skill", path: "/skills/none-such", word: "notFound.title", fails: true },
  {
    name: "offline",
    path: "/terms",
    act: (page) => page.context().setOffline(true),
    word: "offline",
  },
  {
    name: "missing-screen",
    act: async (page, say) => {
      // The browser loads the page once more, and finds the same.
      await page.context().setOffline(false);
      await fail(/\/assets\/PeoplePage-[^/]*\.js$/, "abort")(page, say);
      await page
        .getByRole("link", { name: say("nav.people") })
        .first()
        .click();
    },
    word: "missing.title",
    fails: true,
  },
  {
    name: "board-waiting",
    path: "/projects",
    act: async (page, say) => {
      await fail(/\/api\/v1\/projects\/\?.*stage=/, "wait")(page, say);
      await page.getByLabel(say("board:stage")).selectOption("idea");
    },
    word: "loading",
  },
  {
    name: "board-failed",
    path: "/projects",
    act: async (page, say) => {
      await fail(/\/api\/v1\/projects\/\?.*stage=/, "error")(page, say);
      await page.getByLabel(say("board:stage")).selectOption("paused");
    },
    word: "error.title",
    fails: true,
  },
];

/** What the demo's person sees of others. */
export const MEMBER: Screen[] = [
  { name: "board", path: "/projects", word: "board:recommended.title" },
  { name: "account-menu", act: press("nav.account"), word: "nav.logOut" },
  {
    name: "board-other-view",
    path: "/projects?ordering=popular",
    act: otherView,
    word: "board:ordering.popular",
  },
  { name: "search", path: "/projects?search=채팅", word: "search.clear" },
  { name: "people", path: "/people", word: "people.title" },
  { name: "people-filtered", path: "/people?skills=Django&region=seoul", word: "people:found" },
  { name: "skill-followed", path: "/skills/python", word: "people:related" },
  { name: "project", path: "PROJECT", act: scrollDown, word: "project:similar" },
  { name: "project-report", act: press("safety:report.action"), word: "safety:report.send" },
  { name: "request", path: "PROJECT", act: press("askForChat"), word: "request:send" },
  {
    name: "gallery",
    path: "PICTURES",
    act: (page, say) =>
      page
        .getByRole("list", { name: say("project:gallery.label") })
        .getByRole("button")
        .first()
        .click(),
    word: "project:gallery.next",
  },
  { name: "user", path: "PERSON", word: "askForChat" },
  { name: "user-block", act: press("safety:block.action"), word: "safety:block.confirm" },
];

/** What is the demo's person's own: account, bookmarks, rooms. */
export const OWN: Screen[] = [
  { name: "me", path: "/me", word: "account:editProfile" },
  { name: "me-bookmarks", path: "/me?tab=bookmarks", word: "account:tabs.bookmarks" },
  { name: "me-profile", path: "/me?tab=profile", word: "profile.meetTime" },
  { name: "me-account", path: "/me?tab=account", word: "account:delete.title" },
  { name: "me-delete", act: press("account:delete.action"), word: "account:delete.confirm" },
  { name: "settings", path: "/settings/notifications", word: "notification:followed.title" },
  { name: "chat", path: "/chat", word: "chat:list.label" },
  { name: "chat-alerts", act: press("chat:alerts.label"), word: "chat:alerts.title" },
  {
    name: "no-room",
    path: "/chat/00000000-0000-4000-8000-000000000000",
    word: "chat:gone.title",
    fails: true,
  },
  { name: "room", path: "ROOM", word: "chat:composer.label" },
  { name: "room-menu", act: press("chat:room.menu"), word: "chat:room.leave" },
  { name: "room-leave", act: choose("chat:room.leave"), word: "chat:leave.action" },
  {
    name: "room-profile",
    path: "ROOM",
    act: async (page, say) => {
      await press("chat:room.menu")(page, say);
      await choose("chat:room.openProfile")(page, say);
    },
    word: "chat:drawer.page",
  },
];

/** What somebody new sees who has a project (`MINE`), a comment, an alert and a request (`ASKED`). */
export const NEWCOMER: Screen[] = [
  { name: "welcome", path: "/welcome", word: "auth:starters.title" },
  { name: "following-nothing", path: "/projects?following=1", word: "board:nothingFollowed.title" },
  { name: "bookmarks-none", path: "/me?tab=bookmarks", word: "account:empty.myBookmarks" },
  { name: "notifications", path: "/notifications", word: "notification:settings.link" },
  {
    name: "bell-panel",
    act: (page) => page.locator("header button:has(.tabler-icon-bell)").click(),
    word: "notification:showAll",
  },
  { name: "chat-requests", path: "/chat", word: "chat:list.label" },
  { name: "request-card", path: "ASKED", word: "chat:request.accept" },
  { name: "my-project", path: "MINE", act: scrollDown, word: "project:similar" },
  {
    name: "comment-edit",
    act: async (page, say) => {
      const comment = page.locator("[id^=comment-]").first();
      await comment.getByRole("button", { name: say("action.edit") }).click();
    },
    word: "action.save",
  },
  {
    name: "my-project-delete",
    path: "MINE",
    act: press("action.delete"),
    word: "project:delete.title",
  },
  { name: "edit", path: "MINE/edit", word: "editor:save" },
  {
    name: "edit-rich",
    act: async (page, say) => {
      await press("editor:mode.wysiwyg")(page, say);
      await expect(page.locator(".toastui-editor-ww-container")).toBeVisible();
    },
    word: "editor:mode.markdown",
  },
  {
    name: "edit-conflict",
    path: "MINE/edit",
    act: changeElsewhere,
    word: "editor:conflict.mine",
    fails: true,
  },
  // A draft that reached the server as its page was left is sent again, and refused (412): it is there.
  { name: "write", path: "/projects/new", word: "editor:publish", fails: true },
  {
    name: "write-leave",
    fails: true,
    act: async (page, say) => {
      await page.getByLabel(say("editor:title"), { exact: true }).fill("밤의 초안");
      await page.getByRole("link", { name: say("nav.home") }).click();
      await expect(page.getByText(say("editor:leave.server"))).toBeVisible();
    },
    word: "editor:leave.stay",
  },
  {
    name: "drafts",
    fails: true,
    path: "/projects/new",
    act: (page) =>
      page
        .locator("main")
        .getByRole("button", { name: /이어|Continue/ })
        .click(),
    word: "editor:drafts.text",
  },
];
