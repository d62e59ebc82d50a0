import { useCallback } from "react";
import { isApiError } from "@/api/http/errors";
import { useTranslation } from "@/i18n";

/** Says an error in the person's words: by its code where we know it, else as the server said it. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error) => {
      if (!isApiError(error)) return t("error.unknown");
      if (error.status === 429) {
        return error.retryAfter
          ? t("error.throttledFor", { count: error.retryAfter })
          : t("error.throttled");
      }
      for (const key of [error.code, `http_${error.status}`]) {
        if (i18n.exists(`error.codes.${key}`)) return t(`error.codes.${key}`);
      }
      return error.detail || t("error.unknown");
    },
    [t, i18n],
  );
}
