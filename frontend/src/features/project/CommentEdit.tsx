import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useEditComment } from "@/api/comments";
import type { Comment } from "@/api/types";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { hasNothingToSee } from "@/components/text/nothingToSee";
import { useTranslation } from "@/i18n";
import { MentionTextarea } from "./MentionTextarea";

const FIELDS = ["body"];

interface Props {
  comment: Comment;
  projectId: number;
  people: string[];
  onDone: () => void;
}

/** Changes a comment in its place. */
export function CommentEdit({ comment, projectId, people, onDone }: Props) {
  const { t } = useTranslation("project");
  const [body, setBody] = useState(comment.body);
  const edit = useEditComment(projectId);
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  function save(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      await edit.mutateAsync({ id: comment.id, body: body.trim() });
      onDone();
    });
  }

  return (
    <form onSubmit={save}>
      <Stack gap="xs" mt={4}>
        <MentionTextarea
          label={t("comments.label")}
          people={people}
          readOnly={busy}
          autoFocus
          value={body}
          error={errors.body}
          onChange={setBody}
        />
        <FormFailure text={failure} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            {t("common:action.cancel")}
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={hasNothingToSee(body)}>
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
