import { Button, Group, Modal, Select, Stack, Switch, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type ReportKind, type ReportReason, sendReport, useBlock } from "@/api/moderation";
import { notify } from "@/components/feedback/notify";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { useTranslation } from "@/i18n";

/** What is reported: `id` as the API wants it (a nickname, a number, `{room}:{seq}`). */
export interface Reported {
  kind: ReportKind;
  id: string;
  /** Whose it is; undefined where the account was deleted. */
  author: string | undefined;
}

interface Props {
  reported: Reported;
  opened: boolean;
  onClose: () => void;
}

const REASONS: ReportReason[] = ["spam", "abuse", "sexual", "illegal", "other"];
const FIELDS = ["reason", "note"];

/** Tells the moderators in a sentence, and blocks the person in the same go where one wishes. */
export function ReportDialog({ reported, opened, onClose }: Props) {
  const { t } = useTranslation("safety");
  const { kind, id, author } = reported;
  const [reason, setReason] = useState<ReportReason>("other");
  const [note, setNote] = useState("");
  const [alsoBlock, setAlsoBlock] = useState(false);
  const block = useBlock(author ?? "");
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function send(event: FormEvent) {
    event.preventDefault();
    // A portal's events pass through its React parents: a comment's form is one of them.
    event.stopPropagation();
    void submit(async () => {
      await sendReport({ kind, id, reason, note: note.trim() });
      if (alsoBlock) await block.mutateAsync(true);
      setNote("");
      onClose();
      void notify(t(alsoBlock ? "report.doneAndBlocked" : "report.done"));
    });
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(`report.title.${kind}`)}
      centered
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      <form onSubmit={send} noValidate>
        <Stack>
          <Textarea
            label={t("report.note")}
            placeholder={t("report.placeholder")}
            data-autofocus
            autosize
            minRows={2}
            maxRows={8}
            maxLength={1000}
            value={note}
            error={errors.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Select
            label={t("report.reason")}
            allowDeselect={false}
            data={REASONS.map((value) => ({ value, label: t(`report.reasons.${value}`) }))}
            value={reason}
            error={errors.reason}
            onChange={(value) => setReason(value as ReportReason)}
          />
          {author && (
            <Switch
              label={t("report.alsoBlock", { name: author })}
              checked={alsoBlock}
              onChange={(event) => setAlsoBlock(event.currentTarget.checked)}
            />
          )}
          <Text size="sm" c="dimmed">
            {t("report.what")}
          </Text>
          <FormFailure text={failure} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common:action.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("report.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
