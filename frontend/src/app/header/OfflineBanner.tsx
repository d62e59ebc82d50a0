import { useNetwork } from "@mantine/hooks";
import { useTranslation } from "@/i18n";
import classes from "../Layout.module.css";

/** Says that the machine has no network, until it has. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  return (
    <div role="status" aria-live="polite">
      {online ? null : <div className={classes.banner}>{t("offline")}</div>}
    </div>
  );
}
