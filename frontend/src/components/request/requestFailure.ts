import type { ApiError } from "@/api/http/errors";
import type { TFunction } from "@/i18n";

/** Why a request was not taken, in the person's words; what has no words of its own stays. */
export function requestFailure(
  error: ApiError,
  t: TFunction,
  language: string,
  otherwise: string | null,
): string | null {
  if (error.code === "not_accepting") return t("request:failure.notAccepting");
  if (error.code === "email_unverified") return t("request:failure.emailUnverified");
  if (error.status === 429 && error.retryAfter) {
    const at = new Date(Date.now() + error.retryAfter * 1000);
    const day = new Intl.DateTimeFormat(language, { month: "long", day: "numeric" });
    const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
    const soon = error.retryAfter < 86_400;
    return t("request:failure.later", { time: (soon ? clock : day).format(at) });
  }
  return otherwise;
}
