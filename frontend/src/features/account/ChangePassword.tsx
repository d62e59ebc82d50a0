import { Button, Divider, Group, Stack, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { changePassword } from "@/api/auth";
import { notify } from "@/components/feedback/notify";
import { CurrentPassword } from "@/components/form/CurrentPassword";
import { FormFailure } from "@/components/form/FormFailure";
import { NewPassword } from "@/components/form/NewPassword";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";

const FIELDS = ["old_password", "new_password"];

/** Changes my password; all other devices are logged out. */
export function ChangePassword() {
  const { t } = useTranslation("account");
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await changePassword({ old_password: old, new_password: password });
      setOld("");
      setPassword("");
      void notify(t("password.done"));
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Divider my="xl" />
      <Stack>
        <Title order={2} size="h3">
          {t("password.title")}
        </Title>
        <CurrentPassword
          label={t("password.old")}
          value={old}
          error={errors.old_password}
          onChange={setOld}
        />
        <NewPassword
          label={t("password.new")}
          value={password}
          onChange={setPassword}
          error={errors.new_password}
        />
        <FormFailure text={failure} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!old || !password}>
            {t("password.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
