// Shows pushes, and a page of its own instead of one that cannot be fetched. It keeps that page and
// nothing else: what a person saw stays out of its reach, and a new version has nothing to tidy up.

// Named after its content (src/realtime/serviceWorker.test.ts compares): a new text is a new worker.
const OFFLINE = "/offline.html?f8154519";
const KEPT = "sidepro-offline";
// Where a push leads that names no page of this site.
const LIST = "/notifications";

self.addEventListener("install", (event) => {
  // Nothing of an old version has to end first: pages ask neither of the two for anything.
  self.skipWaiting();
  event.waitUntil(keepOfflinePage());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    Promise.all([
      forgetOtherPages(),
      self.clients.claim(),
      // The page is asked for while this worker is being started.
      self.registration.navigationPreload?.enable(),
    ]),
  );
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") {
    event.respondWith(pageOrOffline(event));
  }
});

self.addEventListener("push", (event) => {
  const { title = "SidePro", body, url, tag, language } = read(event.data);
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      lang: language,
      icon: "/icons/192.png",
      badge: "/icons/badge.png",
      data: { url: ownAddress(url) },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(ownAddress(event.notification.data?.url)));
});

async function keepOfflinePage() {
  const cache = await caches.open(KEPT);
  await cache.add(new Request(OFFLINE, { cache: "reload" }));
}

async function forgetOtherPages() {
  const cache = await caches.open(KEPT);
  const own = new URL(OFFLINE, self.location.origin).href;
  const others = (await cache.keys()).filter(({ url }) => url !== own);
  await Promise.all(others.map((request) => cache.delete(request)));
}

async function pageOrOffline(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** What a push says; one that cannot be read still has to be shown. */
function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

/** The address of a page of this site, whatever a push names. */
function ownAddress(url) {
  const { origin } = self.location;
  const list = new URL(LIST, origin);
  if (typeof url !== "string" || !URL.canParse(url, origin)) return list.href;
  const found = new URL(url, origin);
  return found.origin === origin ? found.href : list.href;
}

/** Look at the window that shows the page already, or open one: others may hold unsent words. */
async function open(address) {
  const place = new URL(address);
  const read = Number(place.searchParams.get("n"));
  place.searchParams.delete("n");
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = (url) => url.split("#")[0];
  const shown = windows.find(({ url }) => page(url) === page(place.href));
  if (!shown) return self.clients.openWindow(address);
  const window = await shown.focus();
  // Only the place on the page is another one: nothing is loaded again, so the page hears what was read.
  window.postMessage({ read });
  return window.url === place.href ? window : window.navigate(place.href);
}
