import { Button } from "@mantine/core";
import { Link } from "react-router";
import { PageTitle } from "@/components/page/PageTitle";
import { useTranslation } from "@/i18n";
import { Notice } from "./states";

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle>{t("notFound.title")}</PageTitle>
      <Notice
        page
        title={t("notFound.title")}
        text={t("notFound.text")}
        action={
          <Button component={Link} to="/projects">
            {t("notFound.action")}
          </Button>
        }
      />
    </>
  );
}
