/** Signing up, logging in, passwords. Each throws ApiError. */
import { queryOptions } from "@tanstack/react-query";
import { signedIn } from "@/auth/session";
import { apiBase } from "./http/base";
import { api, unwrap } from "./http/client";
import type { components } from "./http/schema";

type Schemas = components["schemas"];

/** The keys under which the cache holds what only forms ask. */
export const authKeys = {
  availability: (field: "email" | "username", value: string) => ["availability", field, value],
} as const;

// Only these answers set the cookie that refreshes the session.
const withCookie = { credentials: apiBase ? "include" : "same-origin" } as const;

/** Log in; the page is signed in when this returns. */
export async function logIn(body: Schemas["LoginRequest"]): Promise<void> {
  const { access } = await unwrap(api.POST("/api/v1/auth/token/", { body, ...withCookie }));
  signedIn(access);
}

/** The terms and the privacy policy as they read now (locales/…/legal.json), by their date. */
export const TERMS_VERSION = "2026-11-27";

/** Make an account and log in. */
export async function signUp(body: Schemas["RegistrationRequest"]): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/register/", { body }));
  await logIn({ email: body.email, password: body.password });
}

/** Have a link mailed that sets a new password; the answer never tells whether there is one. */
export async function askForReset(email: string): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/password/reset/", { body: { email } }));
}

/** Set a new password with the parts of a mailed link. */
export async function confirmReset(body: Schemas["PasswordResetConfirmRequest"]): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/password/reset/confirm/", { body }));
}

/** Change my password; all other devices are logged out. */
export async function changePassword(body: Schemas["PasswordChangeRequest"]): Promise<void> {
  const answer = api.POST("/api/v1/auth/password/change/", { body, ...withCookie });
  signedIn((await unwrap(answer)).access);
}

/** Whether an e-mail or a nickname is still free. */
export function availabilityQuery(field: "email" | "username", value: string) {
  return queryOptions({
    queryKey: authKeys.availability(field, value),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/auth/availability/", { params: { query: { [field]: value } }, signal }),
      ),
    staleTime: 60_000,
    retry: false,
  });
}

/** Confirm an address with the parts of a mailed link. */
export async function verifyEmail(body: Schemas["EmailVerificationRequest"]): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/email/verify/", { body }));
}

/** Have the link that confirms my address mailed once more. */
export async function resendVerification(): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/email/verify/resend/"));
}

/** Ask for another address; where mails are sent, it waits until it is confirmed. */
export async function changeEmail(body: Schemas["EmailChangeRequest"]): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/email/change/", { body }));
}
