import { IconFlag } from "@tabler/icons-react";
import { useReportDialog } from "@/components/safety/useReportDialog";
import { useTranslation } from "@/i18n";
import classes from "./MessageList.module.css";

interface Props {
  roomId: string;
  seq: number;
  /** Who said it, where there still is an account. */
  author: string | undefined;
}

/** Reports one message; in sight while the message is pointed at or has the focus, on phones always. */
export function ReportMessage({ roomId, seq, author }: Props) {
  const { t } = useTranslation("chat");
  const { button, Dialog, state, open, close } = useReportDialog();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes.report}
        aria-label={t("messages.report")}
        aria-busy={state === "reading"}
        title={t("messages.report")}
        onClick={() => void open()}
      >
        <IconFlag size={14} aria-hidden="true" />
      </button>
      {state === "missing" && (
        <span role="alert" className={classes.failure}>
          {t("common:missing.text")}
        </span>
      )}
      {Dialog && (
        <Dialog
          reported={{ kind: "message", id: `${roomId}:${seq}`, author }}
          opened={state === "opened"}
          onClose={close}
        />
      )}
    </>
  );
}
