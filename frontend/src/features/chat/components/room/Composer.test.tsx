import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import i18n from "@/i18n";
import { Composer } from "./Composer";

const onSend = vi.fn();
const onTyping = vi.fn();

beforeAll(async () => {
  // jsdom has no fonts, whose arrival changes how high a text is.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  await i18n.changeLanguage("ko");
  await i18n.loadNamespaces("chat");
});

beforeEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
  onSend.mockReset();
  onTyping.mockReset();
});

function composer(roomId = "room", accountId = 1) {
  return render(
    <MantineProvider env="test">
      <Composer
        accountId={accountId}
        roomId={roomId}
        partnerName="민지"
        onSend={onSend}
        onTyping={onTyping}
      />
    </MantineProvider>,
  );
}

const field = () => screen.getByRole("textbox", { name: "메시지" });
const button = () => screen.getByRole("button", { name: "보내기" });

it("sends with Enter and is empty again", async () => {
  composer();
  await userEvent.type(field(), "안녕하세요{Enter}");
  expect(onSend).toHaveBeenCalledExactlyOnceWith("안녕하세요");
  expect(field()).toHaveValue("");
});

it("begins a new line with Shift and Enter", async () => {
  composer();
  await userEvent.type(field(), "하나{Shift>}{Enter}{/Shift}둘");
  expect(onSend).not.toHaveBeenCalled();
  expect(field()).toHaveValue("하나\n둘");
});

it("leaves the Enter that ends a Korean syllable to the input method", () => {
  composer();
  fireEvent.change(field(), { target: { value: "안녕" } });
  fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
  // Safari has ended the composition already and says so by the key code only.
  fireEvent.keyDown(field(), { key: "Enter", keyCode: 229 });
  expect(onSend).not.toHaveBeenCalled();
  fireEvent.keyDown(field(), { key: "Enter", keyCode: 13 });
  expect(onSend).toHaveBeenCalledOnce();
});

it("sends nothing that nobody could see", async () => {
  composer();
  expect(button()).toBeDisabled();
  fireEvent.change(field(), { target: { value: "\u3164 \u200b\u2800" } });
  expect(button()).toBeDisabled();
  await userEvent.type(field(), "{Enter}");
  expect(onSend).not.toHaveBeenCalled();
  expect(onTyping).not.toHaveBeenCalled();
});

it("counts characters as people do, and only near the limit", () => {
  composer();
  fireEvent.change(field(), { target: { value: "가".repeat(3600) } });
  expect(screen.queryByText(/4,000자/)).toBeNull();
  fireEvent.change(field(), { target: { value: "🦉".repeat(4000) } });
  expect(screen.getByText("4,000 / 4,000자")).toBeInTheDocument();
  expect(button()).toBeEnabled();
});

it("keeps a text that is too long, says by how much, and does not send it", () => {
  composer();
  fireEvent.change(field(), { target: { value: "가".repeat(4012) } });
  expect(screen.getByText(/12자를 줄여/)).toBeInTheDocument();
  fireEvent.keyDown(field(), { key: "Enter" });
  expect(onSend).not.toHaveBeenCalled();
  expect(field()).toHaveValue("가".repeat(4012));
});

it("keeps a draft for each room", async () => {
  const first = composer("one");
  await userEvent.type(field(), "쓰다 만 말");
  first.unmount();
  const other = composer("two");
  expect(field()).toHaveValue("");
  other.unmount();
  composer("one");
  expect(field()).toHaveValue("쓰다 만 말");
});

it("shows a draft to nobody but who wrote it, also after the tab was closed", async () => {
  const first = composer("one", 1);
  await userEvent.type(field(), "쓰다 만 말");
  first.unmount();
  sessionStorage.clear();
  const other = composer("one", 2);
  expect(field()).toHaveValue("");
  other.unmount();
  composer("one", 1);
  expect(field()).toHaveValue("쓰다 만 말");
});

it("begins a new line with Enter where the keyboard is on the screen", () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query === "(hover: none) and (pointer: coarse)",
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
  composer();
  fireEvent.change(field(), { target: { value: "안녕" } });
  const notTaken = fireEvent.keyDown(field(), { key: "Enter" });
  expect(notTaken).toBe(true);
  expect(onSend).not.toHaveBeenCalled();
  expect(field()).toHaveAttribute("enterkeyhint", "enter");
});
