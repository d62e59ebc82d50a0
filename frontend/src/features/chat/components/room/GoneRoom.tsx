import { Button, Group } from "@mantine/core";
import { Link } from "react-router";
import type { Person } from "@/api/types";
import { Notice } from "@/components/feedback/states";
import { openRequest } from "@/components/request/openRequest";
import { useTranslation } from "@/i18n";
import classes from "./RoomPane.module.css";

/** A room that is not mine (any more): a person who left may ask again. */
export function GoneRoom({ partner }: { partner: Person | null }) {
  const { t } = useTranslation("chat");
  return (
    <div className={classes.fill}>
      <Notice
        page
        title={t("gone.title")}
        text={partner ? t("gone.textAgain", { name: partner.username }) : t("gone.text")}
        action={
          <Group justify="center">
            {partner && <Button onClick={() => openRequest({ partner })}>{t("gone.again")}</Button>}
            <Button component={Link} to="/chat" variant="default">
              {t("gone.back")}
            </Button>
          </Group>
        }
      />
    </div>
  );
}
