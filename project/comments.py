"""Writing and deleting comments, each in one transaction."""

from django.db import transaction
from django.utils import timezone

from moderation.models import Block
from project import notifying
from project.models import Comment
from project.text.rendering import keep_mentions, render_comment_body
from user.models import User


class NotAcceptingError(Exception):
    """A block parts the writer from those whom the comment answers; which one is not said."""


@transaction.atomic
def write_comment(comment: Comment) -> list[User]:
    """Write a comment, new or changed, notify whom it concerns, and return those it mentions.

    Raises TooNestedError, and NotAcceptingError where a block parts its author from the project's
    or from that of the comment it replies to.
    """
    if _is_parted(comment):
        raise NotAcceptingError
    people = render_comment_body(comment)
    comment.updated_at = timezone.now()
    changed = ["body", "body_html", "renderer_version", "updated_at"]
    comment.save(update_fields=changed if comment.pk else None)
    keep_mentions({comment: people})
    mentioned = list(dict.fromkeys(people.values()))
    notifying.comment_written(comment, mentioned)
    return mentioned


@transaction.atomic
def delete_comment(comment: Comment) -> None:
    """Delete a comment and what it notified of. One with replies leaves its place, until the last
    of them goes.

    Locks the comment that is replied to, so that the last two replies cannot miss each other.
    """
    notifying.hidden_or_deleted(Comment, [comment.pk])
    thread = Comment.objects.select_for_update().get(pk=comment.parent_id or comment.pk)
    if comment.pk != thread.pk:
        comment.delete()
        if thread.deleted_at and not thread.replies.exists():
            thread.delete()
    elif thread.replies.exists():
        thread.author, thread.body, thread.body_html = None, "", ""
        thread.deleted_at = timezone.now()
        thread.save(update_fields=["author", "body", "body_html", "deleted_at"])
        thread.mentions.all().delete()
    else:
        thread.delete()


def _is_parted(comment: Comment) -> bool:
    """Whether a block stands between a comment's author and those whom it answers; one query."""
    assert comment.author is not None, "comments are written by people who are signed in"
    parent = comment.parent
    answered = [comment.project.author_id]
    if parent and parent.author_id:
        answered.append(parent.author_id)
    parted = Block.objects.apart_from(comment.author)
    return User.objects.filter(pk__in=answered).filter(pk__in=parted).exists()
