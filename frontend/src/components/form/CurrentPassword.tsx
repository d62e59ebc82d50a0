import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "@/i18n";

interface Props extends Omit<PasswordInputProps, "onChange"> {
  value: string;
  onChange: (value: string) => void;
}

/** A field for the password that an account has, which browsers fill in. */
export function CurrentPassword({ onChange, ...props }: Props) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      autoComplete="current-password"
      visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...props}
    />
  );
}
