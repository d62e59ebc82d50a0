import { Button } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useTranslation } from "@/i18n";
import { type ChatRequest, openRequest } from "./openRequest";

interface Props extends Pick<ChatRequest, "partner"> {
  project?: ChatRequest["project"];
  fullWidth?: boolean;
  /** Quieter, where there are many of them. */
  light?: boolean;
}

/** The button that asks a person for a coffee chat, about a project where one is given. */
export function AskForChat({ partner, project = null, fullWidth = false, light = false }: Props) {
  const { t } = useTranslation();
  return (
    <Button
      fullWidth={fullWidth}
      variant={light ? "light" : "filled"}
      aria-label={light ? t("askForChatWith", { name: partner.username }) : undefined}
      leftSection={<IconCoffee size={18} aria-hidden="true" />}
      onClick={() => openRequest({ partner, project })}
    >
      {t("askForChat")}
    </Button>
  );
}
