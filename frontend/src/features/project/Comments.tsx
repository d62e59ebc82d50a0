import { Anchor, Skeleton, Text, Title } from "@mantine/core";
import { lazy, Suspense, useDeferredValue } from "react";
import { Link, useLocation } from "react-router";
import { useComments } from "@/api/comments";
import { itemsOf } from "@/api/http/pages";
import { useMe } from "@/api/users";
import { logInPath } from "@/auth/logInPath";
import { useSession } from "@/auth/session";
import { ErrorState } from "@/components/feedback/states";
import { InfiniteEnd } from "@/components/page/InfiniteEnd";
import { useTranslation } from "@/i18n";
import { CommentThread } from "./CommentThread";
import classes from "./ProjectPage.module.css";
import { peopleOf, threadsOf } from "./threads";

// Half a project page's scripts: visitors, who write nothing, read none of it.
const CommentForm = lazy(async () => ({ default: (await import("./CommentForm")).CommentForm }));

interface Props {
  projectId: number;
  /** The project's author, whose comments are marked. */
  author: string;
  count: number;
}

/** What others say, oldest first with replies below, and a field to say something. */
export function Comments({ projectId, author, count }: Props) {
  const { t } = useTranslation("project");
  const list = useComments(projectId);
  // The first ones are rendered in slices; what is written then stands at once.
  const data = useDeferredValue(list.data) && list.data;
  const comments = itemsOf(data);
  const people = peopleOf(author, comments);
  return (
    <section className={classes.comments} aria-labelledby="comments-title">
      <Title order={2} id="comments-title" mb="md">
        {t("comments.title", { count })}
      </Title>
      <Write projectId={projectId} people={people} />
      {(list.isPending || (list.data && !data)) && <Skeleton height={72} mt="lg" />}
      {list.isError && !list.data && (
        <ErrorState small error={list.error} onRetry={() => void list.refetch()} />
      )}
      {data && comments.length === 0 && (
        <Text c="dimmed" mt="lg">
          {t("comments.empty")}
        </Text>
      )}
      <ul className={classes.list}>
        {threadsOf(comments).map((thread) => (
          <CommentThread
            key={thread.comment.id}
            thread={thread}
            projectId={projectId}
            author={author}
            people={people}
          />
        ))}
      </ul>
      {data && list.hasNextPage && <InfiniteEnd list={list} />}
    </section>
  );
}

function Write({ projectId, people }: { projectId: number; people: string[] }) {
  const { t } = useTranslation("project");
  const session = useSession();
  const { data: me } = useMe();
  const place = useLocation();
  if (session === "out") {
    return (
      <Text c="dimmed">
        <Anchor component={Link} to={logInPath(place)}>
          {t("comments.logIn")}
        </Anchor>
      </Text>
    );
  }
  const room = <Skeleton height={110} />;
  if (!me) return room;
  return (
    <Suspense fallback={room}>
      <CommentForm
        key={me.id}
        projectId={projectId}
        accountId={me.id}
        parent={null}
        people={people}
      />
    </Suspense>
  );
}
