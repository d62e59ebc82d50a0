import { Button } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAskForChat } from "./useAskForChat";

interface Props {
  username: string;
  fullWidth?: boolean;
}

/** The button that asks a person for a coffee chat. */
export function AskForChat({ username, fullWidth = false }: Props) {
  const { t } = useTranslation();
  const ask = useAskForChat();
  const [asking, setAsking] = useState(false);
  return (
    <Button
      fullWidth={fullWidth}
      loading={asking}
      leftSection={<IconCoffee size={18} aria-hidden="true" />}
      onClick={() => {
        setAsking(true);
        void ask(username).finally(() => setAsking(false));
      }}
    >
      {t("askForChat")}
    </Button>
  );
}
