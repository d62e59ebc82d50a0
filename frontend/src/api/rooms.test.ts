import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { putRoom, roomApi, roomKeys } from "./rooms";
import type { Room } from "./types";

const get = vi.hoisted(() => vi.fn());
vi.mock("./http/client", () => ({ api: { GET: get }, unwrap: (answer: unknown) => answer }));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const asked = { id: "r", pending_reason: "requested_of_me" } as Room;
const accepted = { id: "r", pending_reason: null } as Room;

it("an answer that was asked for before I accepted does not bring the request back", async () => {
  const client = new QueryClient();
  let answer: (room: Room) => void = () => undefined;
  get.mockReturnValue(new Promise<Room>((resolve) => (answer = resolve)));
  const reading = roomApi(client).room("r");
  vi.advanceTimersByTime(100);
  putRoom(client, accepted);
  vi.advanceTimersByTime(100);
  answer(asked);
  expect(await reading).toEqual(accepted);
  expect(client.getQueryData(roomKeys.detail("r"))).toEqual(accepted);
});

it("an answer that was asked for since then counts", async () => {
  const client = new QueryClient();
  putRoom(client, asked);
  vi.advanceTimersByTime(100);
  get.mockReturnValue(Promise.resolve(accepted));
  expect(await roomApi(client).room("r")).toEqual(accepted);
  expect(client.getQueryData(roomKeys.detail("r"))).toEqual(accepted);
});
