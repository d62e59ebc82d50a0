import { ActionIcon, Popover, Stack, Switch, Text } from "@mantine/core";
import { IconBell, IconBellOff } from "@tabler/icons-react";
import { useState } from "react";
import {
  type AlertSettings,
  changeAlerts,
  knowsNotifications,
  playSound,
  useAlertSettings,
} from "@/features/chat/model/alerts";
import { useTranslation } from "@/i18n";

/** Notifications and the sound of this browser, each on or off. */
export function AlertsMenu() {
  const { t } = useTranslation("chat");
  const settings = useAlertSettings();
  const [refused, setRefused] = useState(false);
  const on = settings.notifications || settings.sound;

  async function change(part: Partial<AlertSettings>) {
    setRefused(!(await changeAlerts(part)));
    if (part.sound) playSound();
  }

  return (
    <Popover position="bottom-end" width={280} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t("alerts.label")}>
          {on ? (
            <IconBell size={20} aria-hidden="true" />
          ) : (
            <IconBellOff size={20} aria-hidden="true" />
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            {t("alerts.title")}
          </Text>
          {knowsNotifications() && (
            <Switch
              label={t("alerts.notifications")}
              checked={settings.notifications}
              onChange={(event) => void change({ notifications: event.currentTarget.checked })}
            />
          )}
          <Switch
            label={t("alerts.sound")}
            checked={settings.sound}
            onChange={(event) => void change({ sound: event.currentTarget.checked })}
          />
          <Text size="xs" c="dimmed" role="status">
            {refused ? t("alerts.refused") : t("alerts.hint")}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
