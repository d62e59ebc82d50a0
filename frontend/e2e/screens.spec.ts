import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { logIn, test } from "./people";

const MISSING = "/no/such/page";

/** Every screen as a visitor or as the demo's person sees it, with a word that must be there. */
const SCREENS = [
  { name: "landing", path: "/", word: "landing:live", visitor: true },
  { name: "signup", path: "/signup", word: "auth:signUp.action", visitor: true },
  { name: "login", path: "/login", word: "auth:logIn.forgot", visitor: true },
  { name: "terms", path: "/terms", word: "legal:terms.title", visitor: true },
  { name: "reset", path: "/password-reset", word: "auth:reset.action", visitor: true },
  { name: "board-visitor", path: "/projects", word: "board:ordering.newest", visitor: true },
  { name: "people", path: "/people", word: "people:title", visitor: true },
  { name: "skill", path: "/skills/python", word: "people:related", visitor: true },
  { name: "nothing-found", path: "/projects?search=zzzz", word: "board:nothingFound.title" },
  { name: "not-found", path: MISSING, word: "notFound.title", visitor: true },
  { name: "board", path: "/projects", word: "board:recommended.title" },
  { name: "search", path: "/projects?search=%EC%B1%84%ED%8C%85", word: "board:search.label" },
  { name: "people-like-me", path: "/people", word: "people:title" },
  { name: "skill-followed", path: "/skills/python", word: "people:related" },
  { name: "welcome", path: "/welcome", word: "auth:starters.title" },
  { name: "project", path: "project", word: "project:author", below: true },
  { name: "write", path: "/projects/new", word: "editor:publish" },
  { name: "me", path: "/me", word: "account:editProfile" },
  { name: "me-bookmarks", path: "/me?tab=bookmarks", word: "account:tabs.bookmarks" },
  { name: "me-profile", path: "/me?tab=profile", word: "profile.meetTime" },
  { name: "me-account", path: "/me?tab=account", word: "account:delete.title" },
  { name: "user", path: "user", word: "askForChat" },
  { name: "notifications", path: "/notifications", word: "notification:settings.link" },
  { name: "settings", path: "/settings/notifications", word: "notification:followed.title" },
  { name: "chat", path: "/chat", word: "chat:title" },
  { name: "chat-room", path: "room", word: "chat:room.menu" },
] as const;

/** The address of a screen that shows something of the demo's. */
async function addressOf(page: Page, path: string): Promise<string> {
  if (path.startsWith("/")) return path;
  if (path === "room") {
    await page.goto("/chat");
    const room = page.locator("a[href^='/chat/']").first();
    return (await room.getAttribute("href")) ?? "/chat";
  }
  await page.goto("/projects?ordering=popular");
  const link = page.locator(path === "user" ? "a[href^='/users/']" : "article a").first();
  return (await link.getAttribute("href")) ?? "/";
}

for (const scheme of ["light", "dark"] as const) {
  for (const signedIn of [false, true]) {
    test(`every screen for ${signedIn ? "a person" : "a visitor"} in ${scheme}`, async ({
      page,
      say,
    }, info) => {
      test.setTimeout(240_000);
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        // A page that is not there answers 404 itself, and a browser says so.
        const isMissing = page.url().endsWith(MISSING) && message.location().url === page.url();
        if (message.type() === "error" && !isMissing) {
          problems.push(`${page.url()}: ${message.text()}`);
        }
      });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      if (signedIn) await logIn(page, "demo@sidepro.dev", "night-owl-2026");
      for (const screen of SCREENS.filter((one) => "visitor" in one !== signedIn)) {
        await test.step(screen.name, async () => {
          await page.goto(await addressOf(page, screen.path));
          const word = say(screen.word);
          const found = page.getByText(word).or(page.getByLabel(word)).or(page.getByTitle(word));
          await expect(async () => {
            if ("below" in screen) await page.keyboard.press("End");
            await expect(found.first()).toBeAttached({ timeout: 1000 });
          }).toPass({ timeout: 20_000 });
          await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
          await page.waitForLoadState("networkidle");
          if ("below" in screen) await page.keyboard.press("Home");
          const file = `test-results/screens/${info.project.name}-${scheme}-${screen.name}.png`;
          await page.screenshot({ path: file });

          const widest = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(widest, "nothing sticks out sideways").toBeLessThanOrEqual(
            page.viewportSize()?.width ?? 0,
          );
          await expectAccessible(page);
        });
      }
      expect(problems).toEqual([]);
    });
  }
}
