import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import { notify } from "@/components/feedback/notify";
import { changeLanguage, useTranslation } from "@/i18n";
import classes from "./AccountMenu.module.css";

/** The other language and the other theme, as lines of a menu. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  const Theme = dark ? IconSun : IconMoon;
  const other = i18n.language === "ko" ? "en" : "ko";
  return (
    <>
      <button
        type="button"
        className={classes.item}
        lang={other}
        onClick={() =>
          void changeLanguage(other).catch(() => notify(t("error.codes.network"), "failed"))
        }
      >
        <IconLanguage size={17} aria-hidden="true" />
        {t("nav.language")}
      </button>
      <button
        type="button"
        className={classes.item}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        <Theme size={17} aria-hidden="true" />
        {t(dark ? "nav.light" : "nav.dark")}
      </button>
    </>
  );
}
