import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useRouteError } from "react-router";
import { Notice } from "@/components/feedback/states";
import { PageTitle } from "@/components/page/PageTitle";
import { useTranslation } from "@/i18n";

const RELOADED = "sidepro.reloaded-at";

/**
 * When a screen breaks. After a deploy the file of a screen may be gone that an open page still
 * names: one reload brings the new page.
 */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const missingFile = isMissingFile(error);
  const what = missingFile ? "missing" : "crash";
  useEffect(() => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (!missingFile || !navigator.onLine || Date.now() - last < 60_000) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    window.location.reload();
  }, [missingFile]);
  return (
    <>
      <PageTitle>{t(`${what}.title`)}</PageTitle>
      <Notice
        page
        title={t(`${what}.title`)}
        text={t(`${what}.text`)}
        action={<Button onClick={() => window.location.reload()}>{t(`${what}.action`)}</Button>}
      />
    </>
  );
}

/** Whether a script (as browsers say it) or a style sheet (as Vite says it) could not be fetched. */
function isMissingFile(error: unknown): boolean {
  if (error instanceof TypeError) return /import|module|fetch/i.test(error.message);
  return error instanceof Error && error.message.startsWith("Unable to preload");
}
