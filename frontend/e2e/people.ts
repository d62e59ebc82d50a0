import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type Page,
  test as plain,
} from "@playwright/test";

export interface Person {
  page: Page;
  username: string;
  email: string;
  password: string;
}

type Texts = Record<string, unknown>;

/** The site's own texts by their keys. */
export type Say = ReturnType<typeof texts>;

/** The site's own texts, so that one test reads both languages: `say("auth:signUp.action")`. */
export function texts(language: "ko" | "en") {
  const read = (namespace: string): Texts =>
    JSON.parse(
      readFileSync(
        fileURLToPath(new URL(`../src/locales/${language}/${namespace}.json`, import.meta.url)),
        "utf8",
      ),
    );
  const known = new Map<string, Texts>();
  return (key: string, values: Record<string, string | number> = {}): string => {
    const [path = "", namespace = "common"] = key.split(":").reverse();
    const file = known.get(namespace) ?? read(namespace);
    known.set(namespace, file);
    const found = path
      .split(".")
      .reduce<unknown>((part, name) => (part as Texts | undefined)?.[name], file);
    if (typeof found !== "string") throw new Error(`no text ${key}`);
    return found.replace(/{{(\w+)}}/g, (_all, name: string) => String(values[name]));
  };
}

/** The language a browser context of this locale sees. */
export function languageOf(locale: string | undefined): "ko" | "en" {
  return locale?.startsWith("ko") ? "ko" : "en";
}

let count = 0;

interface People {
  /** The site's own texts in the language that the browser asks for. */
  say: ReturnType<typeof texts>;
  /** A new person in a browser context of their own, signed up through the pages. */
  signUp: (name: string, skills: string[], options?: BrowserContextOptions) => Promise<Person>;
  /** Pages that a test leaves open would go on asking and drawing beside the next one. */
  leaveNothingOpen: undefined;
}

/** A test with people: every context has the project's options (device, language) by itself. */
export const test = plain.extend<People>({
  say: async ({ locale }, use) => use(texts(languageOf(locale))),
  signUp: async ({ browser, baseURL, say }, use) => {
    const offered = { storageState: pushesWereOffered(baseURL) };
    await use((name, skills, options) =>
      signUp(browser, { ...offered, ...options }, say, name, skills),
    );
  },
  leaveNothingOpen: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});

async function signUp(
  browser: Browser,
  options: BrowserContextOptions,
  say: People["say"],
  name: string,
  skills: string[],
): Promise<Person> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  count += 1;
  const unique = `${Date.now().toString(36)}${process.pid.toString(36)}${count}`;
  const username = `${name}${unique}`.slice(0, 20);
  const person = {
    page,
    username,
    email: `${unique}@example.com`,
    password: "밤에 만드는 부엉이 42",
  };
  await page.goto("/signup");
  await page.getByLabel(say("auth:email")).fill(person.email);
  await page.getByLabel(say("auth:username")).fill(username);
  await page.getByLabel(say("auth:password"), { exact: true }).fill(person.password);
  await page.getByRole("button", { name: say("auth:signUp.action") }).click();
  await expect(
    page.getByRole("heading", { name: say("auth:welcome.title", { name: username }) }),
  ).toBeVisible();
  for (const skill of skills) {
    await page.getByRole("combobox", { name: say("profile.skills") }).fill(skill);
    await page.getByRole("option", { name: skill, exact: true }).click();
  }
  await page.getByRole("button", { name: say("auth:welcome.action") }).click();
  await expect(page.getByText(say("auth:welcome.saved"))).toBeVisible();
  await page.getByRole("link", { name: say("auth:welcome.leave") }).click();
  await expect(page).toHaveURL(/\/projects$/);
  return person;
}

/** A browser that was offered pushes before: the offer would cover what most tests look at. */
export function pushesWereOffered(site = ""): BrowserContextOptions["storageState"] {
  const localStorage = [{ name: "sidepro.push-offered", value: "1" }];
  return { cookies: [], origins: [{ origin: site, localStorage }] };
}

/** Log in one of the demo's people. */
export async function logIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/login");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("form button[type=submit]").click();
  await expect(page).toHaveURL(/\/projects$/);
}

/** Sends something to the API as the person who is signed in in this page; what it answers. */
export async function send<Answer>(
  page: Page,
  method: "POST" | "PATCH" | "PUT",
  path: string,
  data: Record<string, unknown> = {},
): Promise<Answer> {
  const token = await page.evaluate(async () => {
    const answer = await fetch("/api/v1/auth/token/refresh/", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    return ((await answer.json()) as { access: string }).access;
  });
  const answer = await page.request.fetch(`/api/v1/${path}`, {
    method,
    data,
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as Answer;
}

/** Publishes a project over the API as the person who is signed in in this page. */
export async function publish(page: Page, body: Record<string, unknown>): Promise<number> {
  return (await send<{ id: number }>(page, "POST", "projects/", body)).id;
}

/** A real picture, drawn in the page. */
export async function picture(page: Page, width = 800, height = 450): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([w, h]) => {
      const canvas = document.createElement("canvas");
      canvas.width = w ?? 1;
      canvas.height = h ?? 1;
      const paint = canvas.getContext("2d");
      if (!paint) throw new Error("no canvas");
      paint.fillStyle = "#484c9f";
      paint.fillRect(0, 0, canvas.width, canvas.height);
      paint.fillStyle = "#f2b24a";
      paint.arc(canvas.width / 2, canvas.height / 2, canvas.height / 4, 0, 7);
      paint.fill();
      return canvas.toDataURL("image/png").split(",")[1] ?? "";
    },
    [width, height],
  );
  return Buffer.from(base64, "base64");
}
