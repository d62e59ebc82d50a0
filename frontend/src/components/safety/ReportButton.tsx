import { Button } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { logInPath } from "@/auth/logInPath";
import { sessionState } from "@/auth/session";
import { useTranslation } from "@/i18n";
import { ReportDialog, type Reported } from "./ReportDialog";

/** Opens the dialog that tells the moderators; visitors are asked to log in. */
export function ReportButton({ reported }: { reported: Reported }) {
  const { t } = useTranslation("safety");
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconFlag size={14} aria-hidden="true" />}
        onClick={() => (sessionState() === "out" ? void navigate(logInPath()) : setOpened(true))}
      >
        {t("report.action")}
      </Button>
      <ReportDialog reported={reported} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
