import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { newRoom } from "@/features/chat/model/roomReducer";
import type { RoomView } from "@/features/chat/model/roomStore";
import { ME, messageOf } from "@/features/chat/model/testing";
import * as linkifying from "@/features/chat/text/linkify";
import i18n from "@/i18n";
import { MessageList } from "./MessageList";

const onRetry = vi.fn();
const onDiscard = vi.fn();
const onOlder = vi.fn();
const onSeen = vi.fn();

beforeAll(async () => {
  await i18n.changeLanguage("ko");
  await i18n.loadNamespaces("chat");
});

beforeEach(() => {
  vi.clearAllMocks();
});

function view(part: Partial<RoomView>): RoomView {
  return {
    ...newRoom(ME),
    loaded: true,
    connection: "open",
    older: "idle",
    failure: null,
    ...part,
  };
}

function list(part: Partial<RoomView>) {
  return (
    <MantineProvider env="test">
      <MessageList
        roomId="room"
        view={view(part)}
        partner={{ username: "partner", image: null }}
        partnerName="partner"
        attentive
        onSeen={onSeen}
        onAtEnd={() => {}}
        onOlder={onOlder}
        onRetry={onRetry}
        onDiscard={onDiscard}
      />
    </MantineProvider>
  );
}

const sending = { client_id: "x", body: "보내는 말", queuedAt: 0, state: "sending" } as const;

it("is a log that screen readers follow", () => {
  render(list({ messages: [messageOf(1, "첫 말"), messageOf(2, "둘째 말")], lastSeq: 2 }));
  const log = screen.getByRole("log", { name: "partner님과 나눈 메시지" });
  expect(log).toHaveAttribute("aria-live", "polite");
  expect(log).toHaveTextContent(/첫 말.*둘째 말/);
});

it("shows text as text, whatever it looks like", () => {
  const body = '<img src=x onerror="alert(1)"><b>굵게</b> javascript:alert(1)';
  const { container } = render(list({ messages: [messageOf(1, body)], lastSeq: 1 }));
  expect(screen.getByText(body)).toBeInTheDocument();
  expect(container.querySelector("b, img[src='x'], a")).toBeNull();
});

it("makes addresses links that give nothing away", () => {
  render(list({ messages: [messageOf(1, "https://a.dev/x 봐요")], lastSeq: 1 }));
  const link = screen.getByRole("link", { name: "https://a.dev/x" });
  expect(link).toHaveAttribute("target", "_blank");
  expect(link.getAttribute("rel")).toMatch(/noopener.*nofollow/);
});

it.each([
  ["🦉", true],
  ["👍🏽❤️ 👩‍💻", true],
  ["🦉🦉🦉🦉", false],
  ["굿 👍", false],
  ["123", false],
])("shows a few pictures alone in large: %s", (body, large) => {
  render(list({ messages: [messageOf(1, body)], lastSeq: 1 }));
  expect(screen.getByText(body).hasAttribute("data-pictures")).toBe(large);
});

it("says which of my messages the partner has read, once", () => {
  const messages = [messageOf(1), messageOf(2), messageOf(3), messageOf(5)];
  render(list({ messages, lastSeq: 5, partnerRead: 4 }));
  expect(screen.getAllByText("읽음")).toHaveLength(1);
  expect(screen.getByText("읽음").closest("li")).toHaveTextContent("message 3");
});

it("says how a message of mine fares", () => {
  const { rerender } = render(list({ outgoing: [sending] }));
  expect(screen.getByRole("img", { name: "보내는 중" })).toBeInTheDocument();
  rerender(list({ outgoing: [sending], connection: "waiting" }));
  expect(screen.getByText("연결되면 보내요")).toBeInTheDocument();
});

it("offers to send a failed message again, or not at all", async () => {
  render(list({ outgoing: [{ ...sending, state: "failed", error: "timeout" }] }));
  expect(screen.getByRole("alert")).toHaveTextContent("보내지 못했어요");
  await userEvent.click(screen.getByRole("button", { name: "다시 보내기" }));
  await userEvent.click(screen.getByRole("button", { name: "지우기" }));
  expect(onRetry).toHaveBeenCalledExactlyOnceWith("x");
  expect(onDiscard).toHaveBeenCalledExactlyOnceWith("x");
});

it("marks what is new", () => {
  render(list({ messages: [messageOf(1), messageOf(2)], lastSeq: 2, newFrom: 2 }));
  expect(screen.getByText("새 메시지")).toBeInTheDocument();
});

it("puts no line where the first new message is not loaded", () => {
  const messages = [messageOf(51), messageOf(52)];
  const { rerender } = render(list({ messages, lastSeq: 52, newFrom: 20, hasOlder: true }));
  expect(screen.queryByText("새 메시지")).toBeNull();
  rerender(list({ messages, lastSeq: 52, newFrom: 51, hasOlder: true }));
  expect(screen.getByText("새 메시지").nextSibling).toHaveTextContent("message 52");
});

it("calls nobody by the name they had, and a deleted account by none", () => {
  render(list({ messages: [{ ...messageOf(2), sender_id: 2 }], lastSeq: 2 }));
  expect(screen.getByText("partner")).toBeInTheDocument();
});

it("asks for older messages when it begins near its top, and offers it again after a failure", async () => {
  const messages = [messageOf(51), messageOf(52)];
  const { rerender } = render(list({ messages, lastSeq: 52, hasOlder: true }));
  expect(onOlder).toHaveBeenCalled();
  onOlder.mockReset();
  rerender(list({ messages, lastSeq: 52, hasOlder: true, older: "failed" }));
  expect(onOlder).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "다시 시도" }));
  expect(onOlder).toHaveBeenCalledOnce();
});

it("draws only what is new when a message comes", () => {
  const rendered = vi.spyOn(linkifying, "linkify");
  const messages = Array.from({ length: 200 }, (_, index) => messageOf(index + 1));
  const { rerender } = render(list({ messages, lastSeq: 200 }));
  expect(rendered).toHaveBeenCalledTimes(200);
  rerender(list({ messages: [...messages, messageOf(201)], lastSeq: 201 }));
  expect(rendered.mock.calls.slice(200)).toEqual([["message 201"]]);
});
