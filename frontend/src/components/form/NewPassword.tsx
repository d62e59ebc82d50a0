import { PasswordInput, Text } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "@/i18n";
import classes from "./NewPassword.module.css";
import { passwordStrength } from "./password";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** A field for a new password that shows how strong it is. */
export function NewPassword({ label, value, onChange, error }: Props) {
  const { t } = useTranslation();
  const hint = useId();
  const strength = passwordStrength(value);
  return (
    <div>
      <PasswordInput
        label={label}
        name="new-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value}
        error={error}
        aria-describedby={hint}
        visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.meter} data-strength={strength} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </div>
      <Text id={hint} size="xs" c="dimmed" aria-live="polite">
        {value ? t(`password.strength.${strength}`) : t("password.hint")}
      </Text>
    </div>
  );
}
