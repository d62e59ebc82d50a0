import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { logIn, type Person, publish, type Say, send, test } from "./people";
import { BROKEN, MEMBER, NEWCOMER, OWN, type Screen, VISITOR } from "./screens";

const ADMIN = { email: "admin@sidepro.dev", password: "night-owl-admin-2026" };
const DEMO = { email: "demo@sidepro.dev", password: "night-owl-2026" };

/** What stands in the addresses of screens for something that the site has. */
type Addresses = Record<string, string>;

/** The demo's: a project that others wrote about, one with pictures, its author. */
async function demoAddresses(page: Page): Promise<Addresses> {
  const answer = await page.request.get("/api/v1/projects/?ordering=newest&page_size=50");
  const { results } = (await answer.json()) as {
    results: { id: number; comment_count: number; author: { username: string } }[];
  };
  const others = results.filter(({ author }) => author.username !== "올빼미");
  const project = others.find(({ comment_count }) => comment_count > 1) ?? others[0];
  const details = await Promise.all(
    results.map(async ({ id }) => {
      const detail = await page.request.get(`/api/v1/projects/${id}/`);
      return (await detail.json()) as { id: number; pictures: unknown[] };
    }),
  );
  const pictured = details.find(({ pictures }) => pictures.length > 0);
  return {
    PROJECT: `/projects/${project?.id}`,
    PERSON: `/users/${encodeURIComponent(project?.author.username ?? "")}`,
    PICTURES: `/projects/${pictured?.id}`,
  };
}

/** Opens each screen and looks at it in both themes, without loading it again. */
async function lookAt(
  page: Page,
  say: Say,
  screens: Screen[],
  addresses: Addresses = {},
): Promise<void> {
  const problems: string[] = [];
  let fails = false;
  page.on("dialog", (dialog) => void dialog.accept());
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !fails) problems.push(`${page.url()}: ${message.text()}`);
  });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  for (const screen of screens) {
    await test.step(screen.name, async () => {
      fails = screen.fails ?? false;
      const path = screen.path?.replace(/[A-Z]{3,}/, (name) => addresses[name] ?? name);
      if (path) await page.goto(path);
      if (path && screen.act) await settle(page);
      await screen.act?.(page, say);
      const word = say(screen.word);
      const found = page.getByText(word).or(page.getByLabel(word)).or(page.getByTitle(word));
      await expect(found.first()).toBeAttached();
      if (screen.word !== "loading") await settle(page);
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      expect
        .soft(widest, `${screen.name}: nothing sticks out sideways`)
        .toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
      const broken = await page
        .locator("img")
        .evaluateAll((images: HTMLImageElement[]) =>
          images
            .filter(({ complete, naturalWidth }) => complete && !naturalWidth)
            .map((i) => i.src),
        );
      expect.soft(broken, `${screen.name}: no picture is broken`).toEqual([]);
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
        await expectAccessible(page, screen.name, scheme === "light" ? "all" : "colours");
        const { name } = test.info().project;
        await page.screenshot({
          path: `test-results/screens/${name}-${scheme}-${screen.name}.png`,
        });
      }
      await page.emulateMedia({ colorScheme: "light" });
    });
  }
  expect(problems).toEqual([]);
}

/** What was on its way is there. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator("main").first()).toBeAttached();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.waitForLoadState("networkidle");
}

test.setTimeout(240_000);

test("every screen of a visitor", async ({ page, say }) => {
  await lookAt(page, say, VISITOR, await demoAddresses(page));
});

test("every screen of what is not there or does not come", async ({ page, say }) => {
  await lookAt(page, say, BROKEN);
});

test("every screen of others that a member sees", async ({ page, say }) => {
  await logIn(page, DEMO.email, DEMO.password);
  await lookAt(page, say, MEMBER, await demoAddresses(page));
});

test("every screen of a member's own", async ({ page, say }) => {
  await logIn(page, DEMO.email, DEMO.password);
  await page.goto("/chat");
  const room = page.getByRole("navigation", { name: say("chat:list.label") }).getByRole("link");
  // The last one of the list is one that nobody has left.
  const ROOM = (await room.first().getAttribute("href")) ?? "";
  await lookAt(page, say, OWN, { ROOM });
});

/** A project, a comment, an alert and a request of somebody's, who has just signed up. */
async function furnish(newcomer: Person, demo: Page): Promise<Addresses> {
  const { page, username } = newcomer;
  const mine = await publish(page, {
    title: `부엉이 알람 ${username}`,
    summary: "조용히 깨워요",
    content: "# 밤\n\n```py\nprint(1)\n```\n\n| 표 | 값 |\n| -- | -- |\n| 하나 | 1 |",
    skills: ["Python"],
  });
  await send(page, "POST", `projects/${mine}/comments/`, { body: "먼저 **한마디** 남겨요" });
  await send(demo, "POST", `projects/${mine}/comments/`, { body: "알람 소리가 궁금해요" });
  const asked = await send<{ id: string }>(demo, "POST", "rooms/", {
    partner: username,
    project: mine,
    message: "같이 만들어요",
  });
  return { MINE: `/projects/${mine}`, ASKED: `/chat/${asked.id}` };
}

test("every screen of somebody new", async ({ browser, say, signUp }) => {
  const newcomer = await signUp("newcomer", ["Python"]);
  const demo = await (await browser.newContext()).newPage();
  await logIn(demo, DEMO.email, DEMO.password);
  const addresses = await furnish(newcomer, demo);
  await demo.context().close();
  await lookAt(newcomer.page, say, NEWCOMER, addresses);
});

test("the moderators' queue and a case", async ({ page, signUp }) => {
  const reporter = await signUp("reporter", []);
  const { PROJECT = "" } = await demoAddresses(page);
  const reported = {
    kind: "project",
    id: PROJECT.split("/")[2],
    reason: "other",
    note: "광고예요",
  };
  await send(reporter.page, "POST", "reports/", reported);
  await page.goto("/admin/moderation/case/");
  for (const screen of ["log-in", "queue", "case"]) {
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await expectAccessible(page, `moderators: ${screen}`, scheme === "light" ? "all" : "colours");
    }
    if (screen === "log-in") {
      await page.locator("#id_username").fill(ADMIN.email);
      await page.locator("#id_password").fill(ADMIN.password);
      await page.locator("[type=submit]").click();
    }
    if (screen === "queue") await page.locator("#result_list tbody th a").first().click();
    await expect(page.locator("#content")).toBeVisible();
  }
  expect(page.url()).toContain("/change/");
});
