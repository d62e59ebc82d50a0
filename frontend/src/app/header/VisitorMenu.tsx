import { IconDots } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "@/i18n";
import classes from "./AccountMenu.module.css";
import { Preferences } from "./Preferences";

/** Language and theme for those who are not signed in: the browser's own popover. */
export function VisitorMenu() {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={`${classes.button} ${classes.dots}`}
        popoverTarget={id}
        aria-label={t("nav.settings")}
        title={t("nav.settings")}
      >
        <IconDots size={20} aria-hidden="true" />
      </button>
      <div id={id} popover="auto" className={classes.menu}>
        <Preferences />
      </div>
    </>
  );
}
