import { IconFlag } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import i18n, { useTranslation } from "@/i18n";
import classes from "./MessageList.module.css";

const ReportDialog = lazy(async () => {
  const [module] = await Promise.all([
    import("@/components/safety/ReportDialog"),
    i18n.loadNamespaces("safety"),
  ]);
  return { default: module.ReportDialog };
});

interface Props {
  roomId: string;
  seq: number;
  /** Who said it, where there still is an account. */
  author: string | undefined;
}

/** Reports one message; in sight while the message is pointed at or has the focus, on phones always. */
export function ReportMessage({ roomId, seq, author }: Props) {
  const { t } = useTranslation("chat");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes.report}
        aria-label={t("messages.report")}
        title={t("messages.report")}
        onClick={() => setOpened(true)}
      >
        <IconFlag size={14} aria-hidden="true" />
      </button>
      {opened && (
        <Suspense fallback={null}>
          <ReportDialog
            reported={{ kind: "message", id: `${roomId}:${seq}`, author }}
            opened
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </>
  );
}
