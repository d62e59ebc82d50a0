import { expect, it } from "vitest";
import { errorFrom, isApiError } from "./errors";

it("puts each message at its field, a list's at the list, and the first of each counts", () => {
  const body = {
    type: "validation_error",
    errors: [
      { code: "required", detail: "Title?", attr: "title" },
      { code: "blank", detail: "Title!", attr: "title" },
      { code: "unknown", detail: "No such skill", attr: "skills.3" },
      { code: "invalid", detail: "URL?", attr: "profile.github_url" },
    ],
  };
  const error = errorFrom(new Response(null, { status: 400 }), body);
  expect(error.code).toBe("required");
  expect(error.fields.title?.detail).toBe("Title?");
  expect(error.fields.skills?.detail).toBe("No such skill");
  expect(error.fields["profile.github_url"]?.code).toBe("invalid");
});

it("understands what a proxy answers in place of the API", () => {
  const headers = { "Retry-After": "30" };
  const error = errorFrom(new Response(null, { status: 503, headers }), "<html>Bad gateway</html>");
  expect(error).toMatchObject({ status: 503, code: "http_503", retryAfter: 30, fields: {} });
  expect(isApiError(error, 503)).toBe(true);
  expect(isApiError(error, 404)).toBe(false);
  expect(isApiError(new Error("other"))).toBe(false);
});
