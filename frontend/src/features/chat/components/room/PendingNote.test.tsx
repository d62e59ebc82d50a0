import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, useLocation } from "react-router";
import { expect, it, vi } from "vitest";
import { api } from "@/api/http/client";
import type { Room } from "@/api/types";
import i18n from "@/i18n";
import { PendingNote } from "./PendingNote";

vi.mock("@/api/http/client", async (original) => ({
  ...(await original<typeof import("@/api/http/client")>()),
  api: { DELETE: vi.fn() },
}));

const room = { id: "room", partner: { username: "ben" }, pending_reason: "expired" } as Room;
const client = new QueryClient();

function Address() {
  return <output>{useLocation().pathname}</output>;
}

function page(note: boolean) {
  return (
    <MantineProvider env="test">
      <MemoryRouter initialEntries={["/chat/room"]}>
        <QueryClientProvider client={client}>
          <Address />
          {note && <PendingNote room={room} roomId="room" partnerName="ben" />}
        </QueryClientProvider>
      </MemoryRouter>
    </MantineProvider>
  );
}

it("leads back to the list, also when the room is gone from the screen before the answer", async () => {
  await i18n.changeLanguage("ko");
  await i18n.loadNamespaces("chat");
  let answer = (_: never) => {};
  vi.mocked(api.DELETE).mockReturnValue(
    new Promise<never>((resolve) => {
      answer = resolve;
    }),
  );
  const { rerender } = render(page(true));
  await userEvent.click(screen.getByRole("button"));
  rerender(page(false));
  await act(async () => answer({ response: new Response(null, { status: 204 }) } as never));
  await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent(/^\/chat$/));
});
