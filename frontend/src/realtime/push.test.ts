import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keep, readKept } from "@/auth/accountStorage";
import { signedIn, signedOut } from "@/auth/session";
import { endPushesWithSession, pushState, turnPushesOff, turnPushesOn } from "./push";

const KEY = "B".repeat(87);
const ME = 7;
const startPushes = vi.hoisted(() => vi.fn());
const endPushes = vi.hoisted(() => vi.fn());
vi.mock("@/api/notifications", () => ({ startPushes, endPushes, pushKeyQuery: vi.fn() }));

const subscription = {
  endpoint: "https://push.example.com/me",
  toJSON: () => ({
    endpoint: "https://push.example.com/me",
    keys: { p256dh: "key", auth: "secret" },
  }),
  unsubscribe: vi.fn(async () => {
    current = null;
  }),
};
let current: typeof subscription | null;
const subscribeTo = vi.fn();
const permission = { permission: "default", requestPermission: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  localStorage.clear();
  current = null;
  permission.permission = "default";
  permission.requestPermission.mockImplementation(async () => permission.permission);
  subscribeTo.mockReset().mockImplementation(async () => {
    current = subscription;
    return current;
  });
  const registration = {
    pushManager: { getSubscription: async () => current, subscribe: subscribeTo },
  };
  vi.stubGlobal("Notification", permission);
  vi.stubGlobal("PushManager", class {});
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: {
      register: vi.fn(),
      ready: Promise.resolve(registration),
      getRegistration: async () => registration,
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

it("is on after the person and the browser said yes, and off again", async () => {
  expect(await pushState(ME, KEY)).toBe("off");
  permission.permission = "granted";
  await turnPushesOn(ME, KEY);
  expect(startPushes).toHaveBeenCalledWith({
    endpoint: subscription.endpoint,
    keys: { p256dh: "key", auth: "secret" },
  });
  expect(await pushState(ME, KEY)).toBe("on");
  await turnPushesOff(ME);
  expect(endPushes).toHaveBeenCalledWith(subscription.endpoint);
  expect(current).toBeNull();
  expect(await pushState(ME, KEY)).toBe("off");
});

it("without leave nothing is subscribed", async () => {
  permission.permission = "denied";
  await turnPushesOn(ME, KEY);
  expect(subscribeTo).not.toHaveBeenCalled();
  expect(await pushState(ME, KEY)).toBe("denied");
});

it("says where the site has no keys, and where the browser cannot", async () => {
  expect(await pushState(ME, "")).toBe("absent");
  Reflect.deleteProperty(window, "PushManager");
  expect(await pushState(ME, KEY)).toBe("unsupported");
});

it("another account in this browser has it off until it turns it on", async () => {
  permission.permission = "granted";
  await turnPushesOn(ME, KEY);
  expect(await pushState(ME + 1, KEY)).toBe("off");
});

it("new keys of the site take the place of the old ones", async () => {
  permission.permission = "granted";
  current = subscription;
  subscribeTo.mockRejectedValueOnce(new DOMException("another key", "InvalidStateError"));
  await turnPushesOn(ME, KEY);
  expect(subscription.unsubscribe).toHaveBeenCalledOnce();
  expect(startPushes).toHaveBeenCalledOnce();
});

it("a server that refuses leaves it off", async () => {
  permission.permission = "granted";
  startPushes.mockRejectedValueOnce(new Error("404"));
  await expect(turnPushesOn(ME, KEY)).rejects.toThrow();
  expect(await pushState(ME, KEY)).toBe("off");
});

it("ends with the session, and an expired one leaves the mark to begin again", async () => {
  endPushesWithSession();
  signedIn("x.e30.x");
  current = subscription;
  keep(ME, "push", "on");
  signedOut();
  await vi.waitFor(() => expect(current).toBeNull());
  expect(readKept(ME, "push")).toBe("on");
});
