"""Writing and deleting comments, each in one transaction."""

from django.db import transaction
from django.utils import timezone

from project import notifying
from project.models import Comment
from project.rendering import render_comment_body
from user.models import User


@transaction.atomic
def write_comment(comment: Comment) -> list[User]:
    """Write a comment, new or changed, notify whom it concerns, and return those it mentions.

    Raises TooNestedError.
    """
    mentioned = render_comment_body(comment)
    comment.updated_at = timezone.now()
    changed = ["body", "body_html", "renderer_version", "updated_at"]
    comment.save(update_fields=changed if comment.pk else None)
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
    else:
        thread.delete()
