import { afterEach, expect, it, vi } from "vitest";
import * as api from "@/api/drafts";
import { ApiError } from "@/api/http/errors";
import { EMPTY } from "./draft";
import { sendBeforeLeaving, sendUnsent } from "./sendUnsent";
import { allUnsent, keepUnsent, type Unsent } from "./unsent";

const [A, B] = ["0b8e7c1e-4a1f-4b6e-9d0a-0e8a5b1c2d3e", "1b8e7c1e-4a1f-4b6e-9d0a-0e8a5b1c2d3e"];
const AT = "2026-11-27T10:00:00Z";

const unsent = (title: string, project: number | null = null): Unsent => ({
  ...{ project, version: null, seen: null, tried: [], savedAt: Date.parse(AT) },
  draft: { ...EMPTY, title },
});
const saved = (title: string) => ({ ...EMPTY, title, id: A, created_at: AT, updated_at: AT });

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

it("sends later what closed tabs kept, and keeps what the server refuses", async () => {
  const put = vi.spyOn(api, "putDraft").mockImplementation(async (_id, { title }) => {
    if (title === "너무 많은") throw new ApiError(400, "too_many_drafts", "50");
    return saved(title);
  });
  keepUnsent(1, A, unsent("쓰던"));
  keepUnsent(1, B, unsent("너무 많은"));
  keepUnsent(2, A, unsent("남의"));
  expect(await sendUnsent(1)).toBe(1);
  expect(allUnsent(1).map(([id]) => id)).toEqual([B]);
  expect(put).toHaveBeenCalledTimes(2);
});

it("what reached the server as its page was left is not kept as if it had not", async () => {
  const put = vi.spyOn(api, "putDraft").mockImplementation(async (_id, { title, seen }) => {
    if (seen !== AT) throw new ApiError(412, "outdated", "");
    return saved(title);
  });
  vi.spyOn(api, "findDraft").mockResolvedValue(saved("쓰던"));
  keepUnsent(1, A, { ...unsent("쓰던 것"), tried: [{ ...EMPTY, title: "쓰던" }] });
  expect(await sendUnsent(1)).toBe(1);
  expect(allUnsent(1)).toEqual([]);
  expect(put).toHaveBeenLastCalledWith(A, expect.objectContaining({ title: "쓰던 것", seen: AT }));
});

it("keeps what another device has changed for the editor that opens it", async () => {
  vi.spyOn(api, "putDraft").mockRejectedValue(new ApiError(412, "outdated", ""));
  vi.spyOn(api, "findDraft").mockResolvedValue(saved("전화"));
  keepUnsent(1, A, unsent("노트북"));
  expect(await sendUnsent(1)).toBe(0);
  expect(allUnsent(1).map(([id]) => id)).toEqual([A]);
});

it("makes a draft of its own of what another device has changed, before a log-out", async () => {
  const put = vi.spyOn(api, "putDraft").mockImplementation(async (id, { title }) => {
    if (id === A) throw new ApiError(412, "outdated", "");
    return saved(title);
  });
  vi.spyOn(api, "findDraft").mockResolvedValue(saved("전화"));
  keepUnsent(1, A, unsent("노트북"));
  expect(await sendBeforeLeaving(1, 1000)).toBe(0);
  expect(put).toHaveBeenLastCalledWith(
    expect.not.stringMatching(A),
    expect.objectContaining({ title: "노트북", seen: null }),
  );
});

it("does not wait for a server that does not answer, and tells what it lacks", async () => {
  vi.spyOn(api, "putDraft").mockReturnValue(new Promise(() => {}));
  keepUnsent(1, A, unsent("쓰던"));
  expect(await sendBeforeLeaving(1, 20)).toBe(1);
});
