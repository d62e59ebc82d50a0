import { Badge, Button, Group, Text } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link } from "react-router";
import { useDeleteComment } from "@/api/comments";
import type { Comment } from "@/api/types";
import { Confirm } from "@/components/feedback/LazyConfirm";
import { UserAvatar } from "@/components/person/UserAvatar";
import { SafetyButtons } from "@/components/safety/SafetyButtons";
import { RelativeTime } from "@/components/text/RelativeTime";
import { WrittenText } from "@/components/text/WrittenText";
import { useTranslation } from "@/i18n";
import classes from "./ProjectPage.module.css";

const CommentEdit = lazy(async () => ({ default: (await import("./CommentEdit")).CommentEdit }));

interface Props {
  comment: Comment;
  projectId: number;
  /** The project's author. */
  author: string;
  people: string[];
  /** What can be done with it besides editing and deleting. */
  children?: ReactNode;
}

/** One comment; its author edits it in place. Of a deleted one its place is left. */
export function CommentItem(props: Props) {
  const { t } = useTranslation("project");
  if (!props.comment.deleted) return <Shown {...props} />;
  return (
    <div className={classes.comment} id={`comment-${props.comment.id}`}>
      <UserAvatar name={undefined} image={undefined} />
      <Text c="dimmed">{t("comments.gone")}</Text>
    </div>
  );
}

function Shown({ comment, projectId, author: projectAuthor, people, children }: Props) {
  const { t } = useTranslation("project");
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const remove = useDeleteComment(projectId);
  const author = comment.author;
  const edited = Date.parse(comment.updated_at) - Date.parse(comment.created_at) > 1000;
  return (
    <div className={classes.comment} id={`comment-${comment.id}`}>
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
          {author?.username === projectAuthor && (
            <Badge size="sm" variant="light">
              {t("comments.byAuthor")}
            </Badge>
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
          <Suspense fallback={<WrittenText html={comment.body_html} small />}>
            <CommentEdit
              comment={comment}
              projectId={projectId}
              people={people}
              onDone={() => setEditing(false)}
            />
          </Suspense>
        ) : (
          <WrittenText html={comment.body_html} small />
        )}
        {!editing && (
          <Group gap={4} mt={2} ml={-8}>
            {children}
            {comment.editable && (
              <>
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
              </>
            )}
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
    </div>
  );
}
