import { useRef, useState } from "react";
import i18n from "@/i18n";

type Dialog = typeof import("./ReportDialog").ReportDialog;

/** The report's dialog of a button, whose code is read when it is first wanted. */
export function useReportDialog() {
  const button = useRef<HTMLButtonElement>(null);
  const [Dialog, setDialog] = useState<Dialog>();
  const [state, setState] = useState<"closed" | "reading" | "missing" | "opened">("closed");

  async function open() {
    if (state === "reading") return;
    setState("reading");
    try {
      const [{ ReportDialog }] = await Promise.all([
        import("./ReportDialog"),
        i18n.loadNamespaces("safety"),
      ]);
      setDialog(() => ReportDialog);
      setState("opened");
    } catch {
      setState("missing");
    }
  }

  function close() {
    setState("closed");
    // A modal that was there opened from the first gives the focus back to nothing.
    button.current?.focus({ preventScroll: true });
  }

  return { button, Dialog, state, open, close };
}
