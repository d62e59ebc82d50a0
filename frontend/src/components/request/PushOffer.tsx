import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";
import { noteOffer } from "@/realtime/push";

interface Props {
  /** Whose answer is waited for. */
  name: string;
  turnOn: () => Promise<unknown>;
  onDone: () => void;
}

const NO_FIELDS: string[] = [];

/** Offers, once in a browser, to push the answer that a user now waits for. */
export function PushOffer({ name, turnOn, onDone }: Props) {
  const { t } = useTranslation("request");
  const { busy, submit, error, failure } = useSubmit(NO_FIELDS);
  useEffect(noteOffer, []);
  return (
    <Stack>
      <Text role="status">{t("offer.sent", { name })}</Text>
      <Text size="sm" c="dimmed">
        {t("offer.text")}
      </Text>
      <FormFailure text={failure && !error ? t("offer.failed") : failure} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t("offer.no")}
        </Button>
        <Button
          loading={busy}
          data-autofocus
          onClick={() =>
            void submit(async () => {
              await turnOn();
              onDone();
            })
          }
        >
          {t("offer.yes")}
        </Button>
      </Group>
    </Stack>
  );
}
