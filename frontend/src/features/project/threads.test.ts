import { expect, it } from "vitest";
import type { Comment } from "@/api/types";
import { peopleOf, threadsOf } from "./threads";

function comment(id: number, parent: number | null, username?: string): Comment {
  return {
    id,
    parent,
    author: username ? { username, image: null } : null,
    body: "",
    body_html: "",
    deleted: false,
    created_at: "",
    updated_at: "",
    editable: false,
  };
}

it("puts replies below what they reply to, in whatever order they came", () => {
  const threads = threadsOf([comment(4, 1), comment(1, null), comment(2, null), comment(3, 1)]);
  expect(threads.map((one) => [one.comment.id, one.replies.map((reply) => reply.id)])).toEqual([
    [1, [3, 4]],
    [2, []],
  ]);
});

it("loses no reply whose comment is on another page", () =>
  expect(threadsOf([comment(9, 1)]).map((one) => one.comment.id)).toEqual([9]));

it("names those who take part once", () =>
  expect(
    peopleOf("owner", [comment(1, null, "kim"), comment(2, null, "owner"), comment(3, null)]),
  ).toEqual(["owner", "kim"]));
