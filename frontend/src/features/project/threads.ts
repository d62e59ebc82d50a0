import type { Comment } from "@/api/types";

/** A comment with its replies, oldest first. */
export interface Thread {
  comment: Comment;
  replies: Comment[];
}

/** Comments as threads. A reply whose comment is not here yet stands by itself. */
export function threadsOf(comments: Comment[]): Thread[] {
  const threads = new Map<number, Thread>();
  for (const comment of comments.toSorted((a, b) => a.id - b.id)) {
    const thread = comment.parent ? threads.get(comment.parent) : undefined;
    if (thread) thread.replies.push(comment);
    else threads.set(comment.id, { comment, replies: [] });
  }
  return [...threads.values()];
}

/** The nicknames of those who take part: the project's author first, each once. */
export function peopleOf(author: string, comments: Comment[]): string[] {
  const names = comments.map((comment) => comment.author?.username);
  return [...new Set([author, ...names])].filter((name) => name !== undefined);
}
