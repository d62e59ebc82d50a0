import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { type ReactNode, Suspense } from "react";
import { MemoryRouter } from "react-router";
import { expect, test, vi } from "vitest";
import { UnreadBadge } from "@/features/chat/components/list/UnreadBadge";
import { Bell } from "@/features/notification/Bell";
import i18n from "@/i18n";

vi.setConfig({ testTimeout: 20_000 });
vi.mock("@/realtime/inbox", () => ({
  useInbox: () => 3,
  inboxOf: () => ({ onArrival: () => () => {} }),
}));
vi.mock("@/realtime/push", () => ({ endPushesWithSession() {}, useRenewedPushes() {} }));
vi.mock("@/features/notification/useReadByLink", () => ({ useReadByLink() {} }));
vi.mock("@/api/notifications", () => ({ useUnreadNotifications: () => 0 }));

test.each<[string, ReactNode, string, string]>([
  ["bell", <Bell key="bell" />, "title", "notification:title"],
  ["badge", <UnreadBadge key="badge" />, "unread", "chat:unread"],
])("the %s waits for its texts and shows no key in their place", async (_name, part, key, text) => {
  const { container } = render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <Suspense fallback="…">{part}</Suspense>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(container.querySelector(`[aria-label=${key}]`)).toBeNull();
  expect(screen.queryByText(key)).toBeNull();
  await vi.waitFor(() => {
    const words = i18n.t(text, { count: 3 });
    expect(screen.queryAllByLabelText(words)[0] ?? screen.getByText(words)).toBeInTheDocument();
  }, 10_000);
});
