import { Button, Group, Stack, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Account } from "@/api/types";
import { useUpdateMe } from "@/api/users";
import { notify } from "@/components/feedback/notify";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";

const FIELDS = ["username"];

/** Changes my nickname. */
export function AccountForm({ account }: { account: Account }) {
  const { t } = useTranslation("account");
  const update = useUpdateMe();
  const [username, setUsername] = useState(account.username ?? "");
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await update.mutateAsync({ username: username.trim() });
      void notify(t("saved"));
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack>
        <Title order={2} size="h3">
          {t("account.title")}
        </Title>
        <TextInput
          label={t("account.username")}
          description={t("account.usernameHint")}
          maxLength={20}
          value={username}
          error={errors.username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <FormFailure text={failure} />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={busy}
            disabled={!username.trim() || username.trim() === account.username}
          >
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
