import { useState } from "react";
import { type ApiError, isApiError } from "@/api/http/errors";
import { useErrorText } from "@/components/feedback/useErrorText";

/**
 * Sends a form and keeps what went wrong: `errors[name]` stands at its field, `failure` (what
 * belongs to no field of the form) above the button.
 */
export function useSubmit(fields: readonly string[]) {
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [unexpected, setUnexpected] = useState(false);

  async function submit(send: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError(null);
    setUnexpected(false);
    try {
      await send();
    } catch (thrown) {
      if (isApiError(thrown)) setError(thrown);
      else {
        setUnexpected(true);
        console.error(thrown);
      }
    } finally {
      setBusy(false);
    }
  }

  const errors: Record<string, string> = {};
  for (const name of fields) {
    const found = error?.fields[name];
    if (found) errors[name] = found.detail;
  }
  const shown = Object.keys(errors).length > 0;
  const failure =
    (error && !shown) || unexpected ? errorText(unexpected ? undefined : error) : null;
  return { busy, submit, errors, failure, error };
}
