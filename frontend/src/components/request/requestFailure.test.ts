import { beforeAll, expect, it } from "vitest";
import { ApiError } from "@/api/http/errors";
import i18n from "@/i18n";
import { requestFailure } from "./requestFailure";

beforeAll(async () => {
  await i18n.changeLanguage("ko");
  await i18n.loadNamespaces("request");
});

const say = (error: ApiError) =>
  requestFailure(error, i18n.getFixedT("ko", "request"), "ko", "다른 까닭");

it("does not tell a closed profile from a block", () => {
  expect(say(new ApiError(409, "not_accepting", "x"))).toContain("신청을 받지 않는");
});

it("names the day from which one may ask again, or the hour where it is soon", () => {
  const inDays = say(new ApiError(429, "throttled", "", {}, 12 * 86_400));
  expect(inDays).toMatch(/\d+월 \d+일 이후/);
  expect(say(new ApiError(429, "throttled", "", {}, 3600))).toMatch(/\d+:\d\d 이후/);
});

it("leaves what has no words of its own as it is", () => {
  expect(say(new ApiError(503, "http_503", ""))).toBe("다른 까닭");
});
