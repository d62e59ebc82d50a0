"""Whom the board notifies: called by its services, in the transaction of what happened."""

from collections.abc import Iterable

from notification.constants import Kind
from notification.services import announce_project, notify, withdraw
from project.models import Comment, Project
from user.models import User


def comment_written(comment: Comment, mentioned: Iterable[User]) -> None:
    """Notify those who are mentioned, answered, or own the project: each once, in this order.

    Again after a change, which reaches only those whom it names for the first time.
    """
    project = comment.project
    if comment.is_hidden or project.is_hidden:
        return
    parent = comment.parent
    people: list[tuple[Kind, list[int]]] = [
        (Kind.MENTION, [user.pk for user in mentioned]),
        (Kind.REPLY, [parent.author_id] if parent and parent.author_id else []),
        (Kind.COMMENT, [project.author_id]),
    ]
    for kind, recipient_ids in people:
        notify(
            kind,
            recipient_ids,
            actor=comment.author,
            target=f"project:{project.pk}",
            source=f"comment:{comment.pk}",
            title=project.title,
            text=comment.body,
        )


def project_bookmarked(project: Project, user: User) -> None:
    """Notify the author, of one person's bookmark at most once."""
    notify(
        Kind.BOOKMARK,
        [project.author_id],
        actor=user,
        target=f"project:{project.pk}",
        source=f"bookmark:{project.pk}:{user.pk}",
        title=project.title,
    )


def project_published(project: Project, skill_ids: list[int]) -> None:
    """Have the job notify the author's and the skills' followers."""
    announce_project(project.author, f"project:{project.pk}", project.title, skill_ids)


def hidden_or_deleted(thing: type[Project] | type[Comment], ids: Iterable[int]) -> None:
    """Withdraw the notifications of what is no longer visible."""
    for pk in ids:
        if thing is Project:
            withdraw(target=f"project:{pk}")
        else:
            withdraw(source=f"comment:{pk}")
