import { Anchor, Button, Group, Skeleton, Stack, Text, Textarea, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useAddComment, useComments } from "@/api/comments";
import { itemsOf } from "@/api/pages";
import { logInPath } from "@/auth/logInPath";
import { useSession } from "@/auth/session";
import { ErrorState } from "@/components/feedback/states";
import { FormFailure } from "@/components/form/FormFailure";
import { useSubmit } from "@/components/form/useSubmit";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { CommentItem } from "./CommentItem";
import classes from "./ProjectPage.module.css";

const FIELDS = ["body"];

/** What others say, oldest first, and a field to say something. */
export function Comments({ projectId, count }: { projectId: number; count: number }) {
  const { t } = useTranslation("project");
  const list = useComments(projectId);
  // One that was just written stands last, also while older ones are still to be read.
  const comments = itemsOf(list.data).toSorted((a, b) => a.id - b.id);
  return (
    <section className={classes.comments} aria-labelledby="comments-title">
      <Title order={2} id="comments-title" mb="md">
        {t("comments.title", { count })}
      </Title>
      <Write projectId={projectId} />
      {list.isPending && <Skeleton height={72} mt="lg" />}
      {list.isError && !list.data && (
        <ErrorState small error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data && comments.length === 0 && (
        <Text c="dimmed" mt="lg">
          {t("comments.empty")}
        </Text>
      )}
      <ul className={classes.list}>
        {comments.map((comment) => (
          <CommentItem key={comment.id} comment={comment} projectId={projectId} />
        ))}
      </ul>
      {list.data && list.hasNextPage && <InfiniteEnd list={list} />}
    </section>
  );
}

function Write({ projectId }: { projectId: number }) {
  const { t } = useTranslation("project");
  const session = useSession();
  const place = useLocation();
  const [body, setBody] = useState("");
  const add = useAddComment(projectId);
  const { busy, submit, errors, failure } = useSubmit(FIELDS);

  if (session === "out") {
    return (
      <Text c="dimmed">
        <Anchor component={Link} to={logInPath(place)}>
          {t("comments.logIn")}
        </Anchor>
      </Text>
    );
  }

  function send(event: FormEvent) {
    event.preventDefault();
    void submit(async () => {
      const { id } = await add.mutateAsync(body.trim());
      setBody("");
      requestAnimationFrame(() =>
        document.getElementById(`comment-${id}`)?.scrollIntoView({ block: "center" }),
      );
    });
  }

  return (
    <form onSubmit={send}>
      <Stack gap="xs">
        <Textarea
          aria-label={t("comments.label")}
          placeholder={t("comments.placeholder")}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={2000}
          readOnly={busy}
          value={body}
          error={errors.body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <FormFailure text={failure} />
        <Group justify="flex-end">
          <Button type="submit" size="sm" loading={busy} disabled={!body.trim()}>
            {t("comments.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
