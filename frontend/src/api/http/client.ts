import createClient from "openapi-fetch";
import { getAccessToken, refreshAccessToken } from "@/auth/session";
import i18n from "@/i18n";
import { apiBase } from "./base";
import { errorFrom, networkError } from "./errors";
import type { paths } from "./schema";

/** The typed API client: sends the access token, and refreshes it once when it was refused. */
export const api = createClient<paths>({
  baseUrl: apiBase,
  // The bare `fetch` is looked up at each call, so that tests can put their own in its place.
  fetch: authorizedFetch,
  headers: { Accept: "application/json" },
});

async function authorizedFetch(request: Request): Promise<Response> {
  request.headers.set("Accept-Language", i18n.language);
  const token = await getAccessToken();
  if (!token) return fetch(request);
  const again = request.clone();
  request.headers.set("Authorization", `Bearer ${token}`);
  const response = await fetch(request);
  if (response.status !== 401) return response;
  const fresh = await refreshAccessToken(token);
  if (!fresh) return response;
  again.headers.set("Authorization", `Bearer ${fresh}`);
  return fetch(again);
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answer. Throws ApiError, with status 0 when none came. */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  let settled: Answer<Data>;
  try {
    settled = await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw networkError();
  }
  if (!settled.response.ok) throw errorFrom(settled.response, settled.error);
  // 204 has no body, and callers of such endpoints expect none.
  return settled.data as Data;
}
