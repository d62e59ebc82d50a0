import { expect, it } from "vitest";
import { type MessageLine, messageLinesOf } from "./messageLines";
import { ME, messageOf, PARTNER } from "./testing";

const minute = (seq: number, minutes: number, sender_id = PARTNER) => ({
  ...messageOf(seq),
  sender_id,
  created_at: new Date(2026, 0, 5, 12, minutes).toISOString(),
});

const shape = (lines: ReturnType<typeof messageLinesOf>) =>
  lines.map((line) => {
    if (line.kind !== "message") return line.kind;
    return `${line.message.seq}${line.first ? " first" : ""}${line.last ? " last" : ""}`;
  });

it("groups what one person says in one go", () => {
  const messages = [minute(1, 0), minute(2, 1), minute(3, 9), minute(4, 9, ME), minute(5, 9)];
  expect(shape(messageLinesOf(messages, [], ME, null, false))).toEqual([
    "day",
    "1 first",
    "2 last",
    "3 first last",
    "4 first last",
    "5 first last",
  ]);
});

it("begins each day with its date", () => {
  const next = { ...minute(2, 0), created_at: new Date(2026, 0, 6, 0, 1).toISOString() };
  expect(shape(messageLinesOf([minute(1, 59), next], [], ME, null, false))).toEqual([
    "day",
    "1 first last",
    "day",
    "2 first last",
  ]);
});

it("draws the line before the first new message", () => {
  const lines = messageLinesOf([minute(1, 0), minute(2, 0), minute(3, 0)], [], ME, 2, false);
  expect(shape(lines)).toEqual(["day", "1 first last", "new", "2 first", "3 last"]);
});

it("draws it before the partner's first, wherever the mark is, and not above what is not loaded", () => {
  const messages = [minute(11, 0), minute(12, 0, ME), minute(13, 0)];
  expect(shape(messageLinesOf(messages, [], ME, 12, true))).toContain("13 first last");
  expect(shape(messageLinesOf(messages, [], ME, 12, true)).indexOf("new")).toBe(3);
  expect(shape(messageLinesOf(messages, [], ME, 5, true))).not.toContain("new");
  expect(shape(messageLinesOf(messages, [], ME, 5, false)).indexOf("new")).toBe(1);
});

it("puts what is being sent last, under the key it keeps when it is stored", () => {
  const stored = minute(2, 0, ME);
  const sending = {
    client_id: stored.client_id,
    body: stored.body,
    queuedAt: 0,
    state: "sending",
  } as const;
  const before = messageLinesOf([minute(1, 0)], [sending], ME, null, false).at(-1);
  const after = messageLinesOf([minute(1, 0), stored], [], ME, null, false).at(-1) as MessageLine;
  expect(before?.kind).toBe("outgoing");
  expect(after.key).toBe(before?.key);
});
