import { Group, Select, Stack, Switch } from "@mantine/core";
import { isApiError } from "@/api/http/errors";
import type { NotificationSettings, NotificationSettingsChange } from "@/api/notifications";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { perLanguage } from "@/components/text/format";
import { useTranslation } from "@/i18n";
import { usePushes } from "@/realtime/push";

interface Props {
  settings: NotificationSettings;
  save: (body: NotificationSettingsChange) => void;
}

const NIGHT = { quiet_from: 22, quiet_until: 8 };
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const hourName = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { hour: "numeric", timeZone: "UTC" }),
);

/** Pushes to this browser, and the hours in which none comes. */
export function PushSettings({ settings, save }: Props) {
  const { t } = useTranslation("notification");
  const errorText = useErrorText();
  const { state, turn, isBusy } = usePushes();
  const isPossible = state === "on" || state === "off";
  const failed = (error: unknown) =>
    notify(isApiError(error) ? errorText(error) : t("settings.push.failed"), "failed");
  return (
    <Stack gap="md">
      <Switch
        checked={state === "on"}
        disabled={!isPossible || isBusy}
        label={t("settings.push.label")}
        description={t(`settings.push.${state ?? "off"}`)}
        onChange={({ currentTarget }) => void turn(currentTarget.checked).catch(failed)}
      />
      {state && state !== "absent" && <QuietHours settings={settings} save={save} />}
    </Stack>
  );
}

function QuietHours({ settings, save }: Props) {
  const { t, i18n } = useTranslation("notification");
  const { quiet_from: from, quiet_until: until } = settings;
  const isOn = typeof from === "number" && typeof until === "number";
  const hours = HOURS.map((hour) => ({
    value: String(hour),
    label: hourName(i18n.language).format(hour * 3_600_000),
  }));
  const choose = (name: keyof typeof NIGHT, value: number) => (
    <Select
      label={t(`settings.quiet.${name}`)}
      data={hours}
      value={String(value)}
      allowDeselect={false}
      w={150}
      onChange={(hour) => hour !== null && save({ [name]: Number(hour) })}
    />
  );
  return (
    <>
      <Switch
        checked={isOn}
        label={t("settings.quiet.label")}
        description={t("settings.quiet.text")}
        onChange={({ currentTarget }) =>
          save(currentTarget.checked ? NIGHT : { quiet_from: null, quiet_until: null })
        }
      />
      {isOn && (
        <Group gap="sm">
          {choose("quiet_from", from)}
          {choose("quiet_until", until)}
        </Group>
      )}
    </>
  );
}
