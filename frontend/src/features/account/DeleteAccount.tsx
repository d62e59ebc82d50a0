import { Button, Divider, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { deleteMe } from "@/api/users";
import { notifyOnNextPage } from "@/components/feedback/notify";
import { CurrentPassword } from "@/components/form/CurrentPassword";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";

const FIELDS = ["password"];

/** Deletes my account, after the password was given again. */
export function DeleteAccount() {
  const { t } = useTranslation("account");
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState("");
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await deleteMe(password);
      notifyOnNextPage(t("delete.done"));
      // A new page keeps nothing of what this person saw.
      window.location.assign("/");
    });
  }

  return (
    <section>
      <Divider my="xl" />
      <Title order={2} size="h3">
        {t("delete.title")}
      </Title>
      <Text c="dimmed" size="sm" my="sm">
        {t("delete.text")}
      </Text>
      <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsking(true)}>
        {t("delete.action")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("delete.confirm")}
        centered
        closeButtonProps={{ "aria-label": t("common:action.close") }}
      >
        <form onSubmit={send} noValidate>
          <Stack>
            <Text size="sm">{t("delete.text")}</Text>
            <CurrentPassword
              label={t("delete.password")}
              data-autofocus
              value={password}
              error={errors.password}
              onChange={setPassword}
            />
            <FormFailure text={failure} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" color="red" loading={busy} disabled={!password}>
                {t("delete.action")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </section>
  );
}
