import { brotliCompressSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";
import { expect } from "@playwright/test";
import { test } from "./people";

// So long scripts are on their way: the server's text is painted before they take over.
const SCRIPTS_TAKE_MS = 400;
// What stands below the first screen has come by then (`WhenVisible`), and lists are whole.
const ALL_IS_THERE_MS = 3_000;
// The scripts of a first visit, in bytes as brotli makes them.
const MOST_SCRIPTS = {
  landing: 142_000,
  board: 140_000,
  project: 155_000,
  person: 154_000,
  people: 148_000,
};
// Cards come one by one: the last of a row may make it a few pixels higher. 0.1 is what people notice.
const MOST_SHIFT = 0.002;

interface Card {
  id: number;
  title: string;
  author: { username: string };
}

/** The public pages, each with words of its content that stand on it. */
async function publicPages(request: APIRequestContext): Promise<[string, string][]> {
  const first = async (ordering: string) => {
    const answer = await request.get(`/api/v1/projects/?ordering=${ordering}`);
    const [card] = ((await answer.json()) as { results: Card[] }).results;
    if (!card) throw new Error("no demo data");
    return card;
  };
  const [trending, newest, popular] = await Promise.all(
    ["trending", "newest", "popular"].map(first),
  );
  const user = `/users/${encodeURIComponent(popular?.author.username ?? "")}`;
  return [
    ["/", trending?.title ?? ""],
    ["/projects", newest?.title ?? ""],
    [`/projects/${popular?.id}`, popular?.title ?? ""],
    [user, popular?.author.username ?? ""],
    ["/skills/python", "Python"],
  ];
}

test("the text of each public page stands before any script has run", async ({
  browser,
  request,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [path, words] of await publicPages(request)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main").getByText(words).first(), path).toBeVisible();
  }
  await context.close();
});

test("nothing moves when the scripts take over", async ({ browser, request }) => {
  test.setTimeout(120_000);
  for (const [path] of await publicPages(request)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/*.js", async (route) => {
      await new Promise((done) => setTimeout(done, SCRIPTS_TAKE_MS));
      await route.continue();
    });
    await page.addInitScript(() => {
      const shifts: [number, string][] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
          value: number;
          sources: { node: Node | null }[];
        })[]) {
          const moved = entry.sources.map(({ node }) => (node as Element | null)?.outerHTML ?? "");
          shifts.push([entry.value, moved.map((html) => html.slice(0, 120)).join(" | ")]);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(path);
    await expect(page.locator("#root > .page-bar")).toHaveCount(0);
    await page.waitForTimeout(ALL_IS_THERE_MS);
    const shifts = await page.evaluate(
      () => (window as unknown as { shifts: [number, string][] }).shifts,
    );
    const total = shifts.reduce((sum, [shift]) => sum + shift, 0);
    test.info().annotations.push({ type: "shift", description: `${path}: ${total}` });
    expect(total, `${path}: ${JSON.stringify(shifts)}`).toBeLessThanOrEqual(MOST_SHIFT);
    await context.close();
  }
});

test("the scripts of a first visit are small", async ({ browser, request }) => {
  test.setTimeout(120_000);
  const [landing, board, project, person] = await publicPages(request);
  const places = { landing, board, project, person, people: ["/people", ""] as const };
  for (const [name, [path] = [""]] of Object.entries(places)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const bodies: Promise<Buffer>[] = [];
    page.on("response", (answer) => {
      if (new URL(answer.url()).pathname.endsWith(".js")) bodies.push(answer.body());
    });
    await page.goto(path);
    await page.waitForTimeout(ALL_IS_THERE_MS);
    const sizes = (await Promise.all(bodies)).map((body) => brotliCompressSync(body).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    test.info().annotations.push({ type: "scripts", description: `${path}: ${total} ${sizes}` });
    expect(total, path).toBeGreaterThan(50_000);
    expect(total, path).toBeLessThanOrEqual(MOST_SCRIPTS[name as keyof typeof MOST_SCRIPTS]);
    await context.close();
  }
});
