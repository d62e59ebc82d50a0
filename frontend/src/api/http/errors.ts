import type { components } from "./schema";

type ErrorBody = components["schemas"]["ErrorResponse"];

/** What the API (or the network) answered instead of data. */
export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    /** The HTTP status, 0 when no answer came. */
    readonly status: number,
    /** Stable, in English: what programs switch on. */
    readonly code: string,
    /** For people, in the language that was asked for. */
    readonly detail: string,
    /** What is wrong with which field, by the field's name (`profile.github_url`). */
    readonly fields: Record<string, { code: string; detail: string }> = {},
    /** Seconds to wait, where the server said so (429, 503). */
    readonly retryAfter?: number,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

/** Whether something thrown is an answer of the API, with this status where one is given. */
export function isApiError(error: unknown, status?: number): error is ApiError {
  return error instanceof ApiError && (status === undefined || error.status === status);
}

/** The error for a connection that gave no answer. */
export function networkError(): ApiError {
  return new ApiError(0, "network", "");
}

/** Read the API's one error shape; proxies may answer something else. */
export function errorFrom(response: Response, body: unknown): ApiError {
  const retryAfter = Number(response.headers.get("Retry-After")) || undefined;
  const errors = isErrorBody(body) ? body.errors : [];
  const fields: ApiError["fields"] = {};
  for (const { attr, code, detail } of errors) {
    // A list's own items are `skills.3`: what is wrong belongs to the list.
    const name = (attr ?? "").replace(/\.\d+.*$/, "");
    if (name) fields[name] ??= { code, detail };
  }
  const first = errors[0];
  return new ApiError(
    response.status,
    first?.code ?? `http_${response.status}`,
    first?.detail ?? "",
    fields,
    retryAfter,
  );
}

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors)
  );
}
