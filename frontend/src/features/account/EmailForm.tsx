import { Button, Divider, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeEmail } from "@/api/auth";
import type { Account } from "@/api/types";
import { userKeys } from "@/api/users";
import { notify } from "@/components/feedback/notify";
import { CurrentPassword } from "@/components/form/CurrentPassword";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { ResendButton } from "@/components/safety/ResendButton";
import { useTranslation } from "@/i18n";

const FIELDS = ["email", "password"];

/** My address: whether it is confirmed, which one waits, and changing it. */
export function EmailForm({ account }: { account: Account }) {
  const { t } = useTranslation("email");
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await changeEmail({ email: email.trim(), password });
      setEmail("");
      setPassword("");
      await client.invalidateQueries({ queryKey: userKeys.me });
      void notify(t("change.done"));
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Divider my="xl" />
      <Stack>
        <Title order={2} size="h3">
          {t("title")}
        </Title>
        <State account={account} />
        <TextInput
          label={t("change.email")}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={email}
          error={errors.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {email && (
          <CurrentPassword
            label={t("change.password")}
            value={password}
            error={errors.password}
            onChange={setPassword}
          />
        )}
        <FormFailure text={failure} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!email.trim() || !password}>
            {t("change.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function State({ account }: { account: Account }) {
  const { t } = useTranslation("email");
  if (account.pending_email) {
    return (
      <Group justify="space-between">
        <Text size="sm">{t("state.pending", { email: account.pending_email })}</Text>
        <ResendButton />
      </Group>
    );
  }
  if (account.must_verify_email) {
    return (
      <Group justify="space-between">
        <Text size="sm">{t("state.unverified", { email: account.email })}</Text>
        <ResendButton />
      </Group>
    );
  }
  return (
    <Text size="sm">
      {t(account.email_verified ? "state.verified" : "state.plain", { email: account.email })}
    </Text>
  );
}
