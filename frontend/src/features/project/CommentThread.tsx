import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useMe } from "@/api/users";
import { useTranslation } from "@/i18n";
import { CommentItem } from "./CommentItem";
import classes from "./ProjectPage.module.css";
import type { Thread } from "./threads";

const CommentForm = lazy(async () => ({ default: (await import("./CommentForm")).CommentForm }));

interface Props {
  thread: Thread;
  projectId: number;
  author: string;
  people: string[];
}

/** A comment, its replies, and a way to reply. */
export function CommentThread({ thread, projectId, author, people }: Props) {
  const { t } = useTranslation("project");
  const { data: me } = useMe();
  const [replying, setReplying] = useState(false);
  const { comment, replies } = thread;
  const item = { projectId, author, people };
  return (
    <li>
      <CommentItem comment={comment} {...item}>
        {me && !comment.deleted && !comment.parent && !replying && (
          <Button size="compact-xs" variant="subtle" onClick={() => setReplying(true)}>
            {t("comments.reply")}
          </Button>
        )}
      </CommentItem>
      {(replies.length > 0 || replying) && (
        <ul className={classes.replies}>
          {replies.map((reply) => (
            <li key={reply.id}>
              <CommentItem comment={reply} {...item} />
            </li>
          ))}
          {me && replying && (
            <li className={classes.replyForm}>
              <Suspense>
                <CommentForm
                  projectId={projectId}
                  accountId={me.id}
                  parent={{ id: comment.id, name: comment.author?.username }}
                  people={people}
                  onDone={() => setReplying(false)}
                />
              </Suspense>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
