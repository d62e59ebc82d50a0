import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { ResendButton } from "@/components/safety/ResendButton";
import { useTranslation } from "@/i18n";
import classes from "../Layout.module.css";

/** Says which address waits and lets one ask for the mail again or mend the address. */
export function EmailBannerText({ email }: { email: string }) {
  const { t } = useTranslation("email");
  return (
    <section className={classes.reminder} aria-label={t("banner.label")}>
      <span>{t("banner.text", { email })}</span>
      <ResendButton />
      <Anchor component={Link} to="/me?tab=account" size="sm">
        {t("banner.change")}
      </Anchor>
    </section>
  );
}
