import { createHash } from "node:crypto";
import { beforeEach, expect, it, vi } from "vitest";
import offline from "../../public/offline.html?raw";
import source from "../../public/sw.js?raw";

const ORIGIN = "https://sidepro.example";
const OFFLINE = new Response("offline");

type Handler = (event: Record<string, unknown>) => void;

let handlers: Record<string, Handler>;
let windows: {
  url: string;
  focus: () => unknown;
  navigate: (url: string) => unknown;
  postMessage: (message: unknown) => unknown;
}[];
const show = vi.fn();
const openWindow = vi.fn();
const fetched = vi.fn();
const cache = { add: vi.fn(), keys: vi.fn(), delete: vi.fn() };
const skipWaiting = vi.fn();
const claim = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  handlers = {};
  windows = [];
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (name: string, handler: Handler) => {
      handlers[name] = handler;
    },
    skipWaiting,
    registration: { showNotification: show },
    clients: { claim, openWindow, matchAll: async () => windows },
  };
  const caches = { open: async () => cache, match: async () => OFFLINE };
  class Asked {
    constructor(
      readonly url: string,
      readonly init?: RequestInit,
    ) {}
  }
  new Function("self", "caches", "fetch", "Request", source)(self, caches, fetched, Asked);
});

/** Let the worker do what it does at this event; what it answers, if anything. */
async function happens(name: string, event: Record<string, unknown> = {}): Promise<unknown> {
  let answer: unknown;
  const wait: unknown[] = [];
  handlers[name]?.({
    waitUntil: (promise: unknown) => wait.push(promise),
    respondWith: (promise: unknown) => {
      answer = promise;
    },
    ...event,
  });
  await Promise.all(wait);
  return answer;
}

const push = (text: string) =>
  happens("push", { data: { json: () => JSON.parse(text) as unknown } });
const shownUrl = () => show.mock.calls[0]?.[1].data.url as string;
const page = { mode: "navigate", method: "GET", url: `${ORIGIN}/projects` };

it("shows what a push says, and keeps where it leads", async () => {
  await push(
    '{"title":"새 댓글","body":"ann","url":"/projects/7#comment-9","tag":"n1","language":"ko"}',
  );
  expect(show).toHaveBeenCalledWith(
    "새 댓글",
    expect.objectContaining({ body: "ann", tag: "n1", lang: "ko" }),
  );
  expect(shownUrl()).toBe(`${ORIGIN}/projects/7#comment-9`);
});

it.each([
  "https://evil.example/projects",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "http://sidepro.example/",
  "https://sidepro.example.evil.example/",
  "",
])("a push never leads away from the site: %s", async (url) => {
  await push(JSON.stringify({ title: "x", url }));
  expect(new URL(shownUrl()).origin).toBe(ORIGIN);
  await happens("notificationclick", {
    notification: { close: vi.fn(), data: { url: "https://evil.example/" } },
  });
  expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}/notifications`);
});

it.each(["not json", "null", "7"])(
  "a push that cannot be read is shown all the same: %s",
  async (text) => {
    await push(text);
    expect(show).toHaveBeenCalledWith("SidePro", expect.anything());
    expect(shownUrl()).toBe(`${ORIGIN}/notifications`);
  },
);

it("a click opens the page, or looks at the window that shows it; others stay as they are", async () => {
  const notification = { close: vi.fn(), data: { url: `${ORIGIN}/projects/7?n=3#comment-9` } };
  const does = () => ({ focus: vi.fn(), navigate: vi.fn(), postMessage: vi.fn() });
  const other = { url: `${ORIGIN}/projects/new`, ...does() };
  windows = [other];
  await happens("notificationclick", { notification });
  expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}/projects/7?n=3#comment-9`);
  expect(notification.close).toHaveBeenCalled();

  openWindow.mockClear();
  const shown = { url: `${ORIGIN}/projects/7`, ...does() };
  shown.focus.mockResolvedValue(shown);
  windows = [other, shown];
  await happens("notificationclick", { notification });
  expect(shown.focus).toHaveBeenCalled();
  expect(shown.navigate).toHaveBeenCalledWith(`${ORIGIN}/projects/7#comment-9`);
  expect(shown.postMessage).toHaveBeenCalledWith({ read: 3 });
  expect(openWindow).not.toHaveBeenCalled();
  expect(other.focus).not.toHaveBeenCalled();
});

it("a page that cannot be fetched is the offline page; an error of the server stays one", async () => {
  fetched.mockRejectedValue(new TypeError("offline"));
  expect(await happens("fetch", { request: page })).toBe(OFFLINE);
  const failure = new Response("", { status: 500 });
  fetched.mockResolvedValue(failure);
  expect(await happens("fetch", { request: page })).toBe(failure);
});

it.each([
  { mode: "cors", method: "GET", url: `${ORIGIN}/api/v1/users/me/` },
  { mode: "no-cors", method: "GET", url: `${ORIGIN}/media/a.webp` },
  { mode: "navigate", method: "POST", url: `${ORIGIN}/api/unsubscribe/x/` },
])("has no hand in anything but pages: $method $url", async (request) => {
  expect(await happens("fetch", { request })).toBeUndefined();
  expect(fetched).not.toHaveBeenCalled();
});

it("a new version takes over at once, and keeps the offline page alone", async () => {
  await happens("install");
  expect(skipWaiting).toHaveBeenCalled();
  const name = cache.add.mock.calls[0]?.[0].url as string;
  const old = { url: `${ORIGIN}/offline.html?old` };
  cache.keys.mockResolvedValue([old, { url: ORIGIN + name }]);
  await happens("activate");
  expect(claim).toHaveBeenCalled();
  expect(cache.add).toHaveBeenCalledOnce();
  expect(cache.delete.mock.calls).toEqual([[old]]);
});

it("names the offline page after its content", () => {
  const content = createHash("sha256").update(offline).digest("hex").slice(0, 8);
  expect(source).toContain(`"/offline.html?${content}"`);
});
