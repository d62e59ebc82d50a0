import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "react-router";
import { useTranslation } from "@/i18n";
import classes from "./RoomPane.module.css";

/** The way back to the list, where a phone shows one of the two. */
export function BackToList() {
  const { t } = useTranslation("chat");
  return (
    <ActionIcon
      component={Link}
      to="/chat"
      variant="subtle"
      color="gray"
      size={40}
      className={classes.back}
      aria-label={t("room.back")}
    >
      <IconArrowLeft size={21} aria-hidden="true" />
    </ActionIcon>
  );
}
