import { Button, Loader, Text } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { logInPath } from "@/auth/logInPath";
import { sessionState } from "@/auth/session";
import { useTranslation } from "@/i18n";
import type { Reported } from "./ReportDialog";
import { useReportDialog } from "./useReportDialog";

/**
 * Opens the dialog that tells the moderators, whose code is read when it is first wanted; visitors
 * are asked to log in.
 */
export function ReportButton({ reported }: { reported: Reported }) {
  const { t } = useTranslation("safety");
  const navigate = useNavigate();
  const { button, Dialog, state, open, close } = useReportDialog();
  const reading = state === "reading";

  return (
    <>
      <Button
        ref={button}
        size="compact-xs"
        variant="subtle"
        color="gray"
        // Not disabled in the meantime, as `loading` makes it: the focus would be lost.
        aria-busy={reading}
        leftSection={
          reading ? <Loader size={14} color="gray" /> : <IconFlag size={14} aria-hidden="true" />
        }
        onClick={() => void (sessionState() === "out" ? navigate(logInPath()) : open())}
      >
        {t("report.action")}
      </Button>
      {state === "missing" && (
        <Text role="alert" size="xs" c="var(--mantine-color-error)">
          {t("common:missing.text")}
        </Text>
      )}
      {Dialog && <Dialog reported={reported} opened={state === "opened"} onClose={close} />}
    </>
  );
}
