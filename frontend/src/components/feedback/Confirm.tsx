import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";

interface Props {
  opened: boolean;
  title: string;
  text: string;
  action: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

const NO_FIELDS: string[] = [];

/** Asks before something that cannot be undone, and says so when it failed. */
export function Confirm({ opened, title, text, action, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const { busy, submit, failure } = useSubmit(NO_FIELDS);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack>
        <Text>{text}</Text>
        <FormFailure text={failure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("action.cancel")}
          </Button>
          <Button
            color="red"
            loading={busy}
            onClick={() =>
              void submit(async () => {
                await onConfirm();
                onClose();
              })
            }
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
