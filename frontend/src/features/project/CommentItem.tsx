import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDeleteComment, useEditComment } from "@/api/comments";
import type { Comment } from "@/api/types";
import { Confirm } from "@/components/feedback/LazyConfirm";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { UserAvatar } from "@/components/person/UserAvatar";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import { RelativeTime } from "@/components/text/RelativeTime";
import classes from "./ProjectPage.module.css";

interface Props {
  comment: Comment;
  projectId: number;
}

/** One comment; its author edits it in place. */
export function CommentItem({ comment, projectId }: Props) {
  const { t } = useTranslation("project");
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const remove = useDeleteComment(projectId);
  const author = comment.author;
  const edited = Date.parse(comment.updated_at) - Date.parse(comment.created_at) > 1000;
  return (
    <li className={classes.comment} id={`comment-${comment.id}`}>
      <UserAvatar name={author?.username} image={author?.image} />
      <div>
        <Group gap="xs" align="baseline">
          {author ? (
            <Link to={`/users/${encodeURIComponent(author.username)}`} className={classes.name}>
              {author.username}
            </Link>
          ) : (
            <Text span c="dimmed" fw={600}>
              {t("common:person.deleted")}
            </Text>
          )}
          <Text span size="sm" c="dimmed">
            <RelativeTime at={comment.created_at} /> {edited && `· ${t("edited")}`}
          </Text>
          {!comment.editable && (
            <SafetyButtons
              reported={{ kind: "comment", id: String(comment.id), author: author?.username }}
            />
          )}
        </Group>
        {editing ? (
          <Edit comment={comment} projectId={projectId} onDone={() => setEditing(false)} />
        ) : (
          <p className={classes.body} dir="auto">
            {comment.body}
          </p>
        )}
        {comment.editable && !editing && (
          <Group gap={4} mt={2} ml={-8}>
            <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
              {t("common:action.edit")}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => setDeleting(true)}
            >
              {t("common:action.delete")}
            </Button>
          </Group>
        )}
        <Confirm
          opened={deleting}
          title={t("comments.delete.title")}
          text={t("comments.delete.text")}
          action={t("common:action.delete")}
          onConfirm={() => remove.mutateAsync(comment.id)}
          onClose={() => setDeleting(false)}
        />
      </div>
    </li>
  );
}

const FIELDS = ["body"];

function Edit({ comment, projectId, onDone }: Props & { onDone: () => void }) {
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
        <Textarea
          aria-label={t("comments.label")}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={2000}
          readOnly={busy}
          autoFocus
          value={body}
          error={errors.body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <FormFailure text={failure} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            {t("common:action.cancel")}
          </Button>
          <Button size="xs" type="submit" loading={busy} disabled={!body.trim()}>
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
