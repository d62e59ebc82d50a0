import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAddComment } from "@/api/comments";
import { keep, readKept } from "@/auth/accountStorage";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { hasNothingToSee } from "@/components/text/nothingToSee";
import { useTranslation } from "@/i18n";
import { MentionTextarea } from "./MentionTextarea";

const FIELDS = ["body", "parent"];

interface Props {
  projectId: number;
  /** My account's id: what I have not sent is kept for me alone. */
  accountId: number;
  /** The comment that is replied to, and whose it is; null for a comment of its own. */
  parent: { id: number; name: string | undefined } | null;
  /** Nicknames that may be meant by an @. */
  people: string[];
  onDone?: () => void;
}

/** Writes a comment or a reply. What is not sent is still there after Back. */
export function CommentForm({ projectId, accountId, parent, people, onDone }: Props) {
  const { t } = useTranslation("project");
  const name = `comment.${projectId}.${parent?.id ?? "new"}`;
  const [body, setBody] = useState(() => readKept(accountId, name) ?? "");
  const add = useAddComment(projectId);
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function change(text: string) {
    setBody(text);
    // A full storage costs what is kept, not the typing.
    keep(accountId, name, text);
  }

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      const { id } = await add.mutateAsync({ body: body.trim(), parent: parent?.id ?? null });
      change("");
      onDone?.();
      requestAnimationFrame(() =>
        document.getElementById(`comment-${id}`)?.scrollIntoView({ block: "center" }),
      );
    });
  }

  return (
    <form onSubmit={send}>
      <Stack gap="xs">
        <MentionTextarea
          label={parent ? t("comments.replyTo", { name: parent.name ?? "" }) : t("comments.label")}
          placeholder={t("comments.placeholder")}
          people={people}
          readOnly={busy}
          autoFocus={parent !== null}
          value={body}
          error={errors.body ?? errors.parent}
          onChange={change}
        />
        <FormFailure text={failure} />
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {t("comments.hint")}
          </Text>
          <Group gap="xs">
            {onDone && (
              <Button size="sm" variant="default" onClick={onDone}>
                {t("common:action.cancel")}
              </Button>
            )}
            <Button type="submit" size="sm" loading={busy} disabled={hasNothingToSee(body)}>
              {t(parent ? "comments.reply" : "comments.send")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
