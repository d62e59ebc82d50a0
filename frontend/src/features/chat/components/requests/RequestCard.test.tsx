import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { api } from "@/api/http/client";
import { roomKeys } from "@/api/rooms";
import type { Room } from "@/api/types";
import { userKeys } from "@/api/users";
import i18n from "@/i18n";
import { RequestCard } from "./RequestCard";

vi.mock("@/api/http/client", async (original) => ({
  ...(await original<typeof import("@/api/http/client")>()),
  api: { POST: vi.fn(), DELETE: vi.fn(), GET: vi.fn() },
}));
vi.mock("@/auth/session", async (original) => ({
  ...(await original<typeof import("@/auth/session")>()),
  useSession: () => "in",
}));

const asker = { username: "minji", image: null };
const room = {
  id: "room",
  partner: asker,
  status: "pending",
  pending_reason: "requested_of_me",
  writable: false,
  project: { id: 7, title: "부엉이 알람" },
  updated_at: new Date().toISOString(),
} as Room;
let client: QueryClient;

beforeAll(async () => {
  await i18n.changeLanguage("ko");
  await i18n.loadNamespaces("chat");
});

beforeEach(() => {
  vi.clearAllMocks();
  client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(userKeys.me, { id: 1, profile: { skills: ["Django", "Redis", "Vue"] } });
  client.setQueryData(userKeys.profile("minji"), {
    ...asker,
    profile: { skills: ["React", "Redis", "Django"], region: "", meet_time: "", github_url: "" },
  });
  const page = (results: Room[]) => ({ pages: [{ results, next: null }], pageParams: [""] });
  client.setQueryData(roomKeys.requests, page([room]));
  client.setQueryData(roomKeys.list, page([]));
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <RequestCard room={room} person={asker} message="알람이 어떻게 <b>우는지</b> 궁금해요" />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
});

const ids = (key: readonly string[]) =>
  client
    .getQueryData<{ pages: { results: Room[] }[] }>(key)
    ?.pages.flatMap(({ results }) => results.map(({ id }) => id));

it("shows who asks, what we share, about which project, and their words as text", () => {
  expect(screen.getByRole("heading", { name: "minji님이 커피챗을 신청했어요" })).toBeVisible();
  expect(screen.getByText("나와 겹치는 기술 2개").parentElement).toHaveTextContent(/Redis.*Django/);
  expect(screen.getByText("그 밖의 기술").parentElement).toHaveTextContent(/React$/);
  expect(screen.getByRole("link", { name: "부엉이 알람" })).toHaveAttribute("href", "/projects/7");
  expect(screen.getByText("알람이 어떻게 <b>우는지</b> 궁금해요")).toBeVisible();
});

it("moves the room to the conversations when it is accepted", async () => {
  const accepted = { ...room, status: "stop", pending_reason: null, writable: true };
  vi.mocked(api.POST).mockResolvedValue({ data: accepted, response: new Response() } as never);
  await userEvent.click(screen.getByRole("button", { name: "수락하기" }));
  await waitFor(() => expect(ids(roomKeys.list)).toEqual(["room"]));
  expect(ids(roomKeys.requests)).toEqual([]);
  expect(api.POST).toHaveBeenCalledExactlyOnceWith("/api/v1/rooms/{id}/accept/", {
    params: { path: { id: "room" } },
  });
});

it("is gone from the requests when it is declined", async () => {
  vi.mocked(api.DELETE).mockResolvedValue({
    response: new Response(null, { status: 204 }),
  } as never);
  await userEvent.click(screen.getByRole("button", { name: "거절하기" }));
  await waitFor(() => expect(ids(roomKeys.requests)).toEqual([]));
  expect(ids(roomKeys.list)).toEqual([]);
});

it("stays, and says why, when the answer could not be sent", async () => {
  vi.mocked(api.POST).mockRejectedValue(new TypeError("network"));
  await userEvent.click(screen.getByRole("button", { name: "수락하기" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "수락하기" })).toBeEnabled());
  expect(ids(roomKeys.requests)).toEqual(["room"]);
});
