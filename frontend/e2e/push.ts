import { createECDH, randomBytes } from "node:crypto";
import { type CDPSession, expect, type Page } from "@playwright/test";
import type { Person } from "./people";
import { python } from "./server";

/** A browser's half of Web Push, without the push service that an automated browser does not have. */
export class PushBrowser {
  private readonly keys = createECDH("prime256v1");
  private readonly auth = randomBytes(16);
  private readonly endpoint: string;

  constructor(
    private readonly person: Person,
    private readonly site: string,
  ) {
    this.keys.generateKeys();
    // A service of one's own: the job asks one that does not answer no second time.
    this.endpoint = `https://${person.username}.push.invalid/`;
  }

  /** Grants the permission, and has the browser subscribe with keys of ours. */
  async prepare(): Promise<void> {
    const context = this.person.page.context();
    await context.grantPermissions(["notifications"], { origin: this.site });
    await context.addInitScript(
      ([endpoint, p256dh, auth]) => {
        const mark = "test.subscribed";
        const subscription = {
          endpoint,
          toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
          unsubscribe: async () => {
            localStorage.removeItem(mark);
            return true;
          },
        };
        Object.assign(PushManager.prototype, {
          subscribe: async () => {
            localStorage.setItem(mark, "1");
            return subscription;
          },
          getSubscription: async () => (localStorage.getItem(mark) ? subscription : null),
        });
      },
      [
        this.endpoint,
        this.keys.getPublicKey("base64url"),
        this.auth.toString("base64url"),
      ] as const,
    );
  }

  /** What the job sends this browser now, as the browser decrypts it; null for nothing. */
  sent(env: Record<string, string>): string | null {
    const said = python(
      [
        "from base64 import urlsafe_b64decode",
        "from types import SimpleNamespace",
        "from unittest.mock import patch",
        "import http_ece",
        "from cryptography.hazmat.primitives.asymmetric import ec",
        "from django.utils import timezone",
        "from notification.cron import send_pushes",
        "from notification.models import PushDelivery",
        `endpoint = "${this.endpoint}"`,
        `key = ec.derive_private_key(0x${this.keys.getPrivateKey("hex")}, ec.SECP256R1())`,
        "class Service:",
        "    def connect(self): pass",
        "    def close(self): pass",
        "    def request(self, method, path, data, headers):",
        `        text = http_ece.decrypt(data, private_key=key, auth_secret=bytes.fromhex("${this.auth.toString("hex")}"))`,
        '        print("PUSH", text.decode())',
        "    def getresponse(self): return SimpleNamespace(status=201, reason='')",
        "def connect(to):",
        "    if to != endpoint: raise OSError('another test')",
        "    return Service()",
        // The crontab's own job may have tried, and found no such service.
        "PushDelivery.objects.waiting().filter(subscription__endpoint=endpoint).update(",
        "    due_at=timezone.now(), claimed_by=None, claimed_until=None)",
        "with patch('notification.push.send.connect', connect): send_pushes()",
      ].join("\n"),
      env,
    );
    return /^PUSH (.*)$/m.exec(said)?.[1] ?? null;
  }

  /** Hands a push to the real service worker, as the browser does when one arrives. */
  async deliver(data: string): Promise<void> {
    const { page } = this.person;
    const session = await page.context().newCDPSession(page);
    const id = await registrationOf(session, this.site);
    await session.send("ServiceWorker.deliverPushMessage", {
      origin: this.site,
      registrationId: id,
      data,
    });
    await session.detach();
  }
}

async function registrationOf(session: CDPSession, site: string): Promise<string> {
  const found = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${site}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  return found;
}

interface Shown {
  title: string;
  body: string;
  url: string;
}

/** What the service worker shows on the device. */
export function shownIn(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const notifications = await registration.getNotifications();
    return notifications.map(({ title, body, data }) => ({ title, body, url: data.url }));
  });
}

/**
 * Clicks on what is shown; the address that the service worker opens. Chromium opens a window for a
 * real click only, so the opening itself is noted instead.
 */
export async function click(page: Page): Promise<string> {
  const [worker] = page.context().serviceWorkers();
  expect(worker).toBeDefined();
  const opened = await worker?.evaluate(`(async () => {
    const [notification] = await self.registration.getNotifications();
    return new Promise((resolve) => {
      self.clients.openWindow = async (url) => resolve(url);
      self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    });
  })()`);
  return String(opened);
}
