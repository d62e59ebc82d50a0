import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, waitFor } from "@testing-library/react";
import { MemoryRouter, useLocation } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Room } from "@/api/types";
import { changeAlerts } from "@/features/chat/model/alerts";
import i18n from "@/i18n";
import { useAlerts } from "./useAlerts";

let arrive: (room: Room) => void;
vi.mock("@/realtime/inbox", () => ({
  inboxOf: () => ({
    onArrival: (listener: (room: Room) => void) => {
      arrive = listener;
      return () => {};
    },
  }),
}));

const shown: { title: string; options: NotificationOptions; onclick?: () => void }[] = [];
class FakeNotification {
  static permission = "granted";
  static requestPermission = async () => FakeNotification.permission;
  onclick?: () => void;
  close = () => {};
  constructor(
    public title: string,
    public options: NotificationOptions,
  ) {
    shown.push(this);
  }
}
const played = vi.fn();
class FakeAudio {
  currentTime = 0;
  destination = {};
  resume = async () => {};
  close = async () => {};
  createOscillator = () => ({
    frequency: {},
    connect: (to: unknown) => to,
    start: played,
    stop: () => {},
  });
  createGain = () => ({
    gain: {
      setValueAtTime: () => {},
      linearRampToValueAtTime: () => {},
      exponentialRampToValueAtTime: () => {},
    },
    connect: (to: unknown) => to,
  });
}

const message = { body: "커피 한 잔 해요".padEnd(300, "!"), seq: 1 };
const room = (part: Partial<Room> = {}) =>
  ({
    id: "r1",
    partner: { username: "minji", image: null },
    pending_reason: null,
    last_message: message,
    ...part,
  }) as Room;

let at = "";
function Page() {
  useAlerts();
  at = useLocation().pathname;
  return null;
}

beforeAll(async () => {
  await i18n.changeLanguage("ko");
  await i18n.loadNamespaces("chat");
});

beforeEach(() => {
  vi.stubGlobal("Notification", FakeNotification);
  vi.stubGlobal("AudioContext", FakeAudio);
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Page />
      </MemoryRouter>
    </QueryClientProvider>,
  );
});

afterEach(async () => {
  await changeAlerts({ notifications: false, sound: false });
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  played.mockClear();
  shown.length = 0;
});

const nothingHappens = () => new Promise((done) => setTimeout(done, 20));

it("shows who wrote what while the tab is hidden, and a click opens the room", async () => {
  await changeAlerts({ notifications: true });
  arrive(room());
  await waitFor(() => expect(shown).toHaveLength(1));
  expect(shown[0]?.title).toBe("minji님의 메시지");
  expect(shown[0]?.options).toMatchObject({ tag: "r1", body: message.body.slice(0, 120) });
  expect(played).not.toHaveBeenCalled();
  vi.spyOn(window, "focus").mockImplementation(() => {});
  shown[0]?.onclick?.();
  await waitFor(() => expect(at).toBe("/chat/r1"));
});

it("goes by the service worker where a page may show none, and leads to the same room", async () => {
  const byWorker = vi.fn();
  vi.stubGlobal("navigator", {
    serviceWorker: { getRegistration: async () => ({ showNotification: byWorker }) },
  });
  vi.stubGlobal(
    "Notification",
    class {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor() {
        throw new TypeError("Illegal constructor");
      }
    },
  );
  await changeAlerts({ notifications: true });
  arrive(room());
  await waitFor(() =>
    expect(byWorker).toHaveBeenCalledExactlyOnceWith(
      "minji님의 메시지",
      expect.objectContaining({ tag: "r1", data: { url: "/chat/r1" } }),
    ),
  );
});

it("says when it is a request", async () => {
  await changeAlerts({ notifications: true });
  arrive(room({ pending_reason: "requested_of_me" }));
  await waitFor(() => expect(shown[0]?.title).toBe("minji님이 커피챗을 신청했어요"));
});

it("makes a sound where only that is wanted", async () => {
  await changeAlerts({ sound: true });
  arrive(room());
  await waitFor(() => expect(played).toHaveBeenCalledTimes(2));
  expect(shown).toEqual([]);
});

it("is silent unless asked for, and while one looks at the tab", async () => {
  arrive(room());
  await nothingHappens();
  await changeAlerts({ notifications: true, sound: true });
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  arrive(room());
  await nothingHappens();
  expect([shown.length, played.mock.calls.length]).toEqual([0, 0]);
});

it("stays off where the browser refuses", async () => {
  FakeNotification.permission = "denied";
  expect(await changeAlerts({ notifications: true })).toBe(false);
  arrive(room());
  await nothingHappens();
  expect(shown).toEqual([]);
  FakeNotification.permission = "granted";
});
