import { apiBase } from "@/api/base";
import { api, unwrap } from "@/api/client";
import type { components } from "@/api/schema";
import { signedIn } from "@/auth/session";

// Only these answers set the cookie that refreshes the session.
const withCookie = { credentials: apiBase ? "include" : "same-origin" } as const;

/** Log in; the page is signed in when this returns. Throws ApiError. */
export async function logIn(body: components["schemas"]["LoginRequest"]): Promise<void> {
  const { access } = await unwrap(api.POST("/api/v1/auth/token/", { body, ...withCookie }));
  signedIn(access);
}

/** Make an account and log in. Throws ApiError. */
export async function signUp(body: components["schemas"]["RegistrationRequest"]): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/register/", { body }));
  await logIn({ email: body.email, password: body.password });
}

/** Have a link mailed that sets a new password; the answer never tells whether there is one. */
export async function askForReset(email: string): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/password/reset/", { body: { email } }));
}

/** Set a new password with the parts of a mailed link. Throws ApiError. */
export async function confirmReset(
  body: components["schemas"]["PasswordResetConfirmRequest"],
): Promise<void> {
  await unwrap(api.POST("/api/v1/auth/password/reset/confirm/", { body }));
}
