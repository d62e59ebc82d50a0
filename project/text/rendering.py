"""The stored HTML of projects and comments: made when they are written, and again later."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from project.models import Comment, Mention, Project
from project.text import KEEPS_MENTIONS, RENDERER_VERSION
from project.text.markdown import as_written, render_comment, render_markdown
from project.text.nesting import TooNestedError
from user.models import FormerUsername, User

# Rows rendered again in one transaction.
BATCH = 100


def render_project(project: Project) -> None:
    """Make a project's HTML of its text, without saving it. Raises TooNestedError."""
    project.content_html = render_markdown(project.content)
    project.renderer_version = RENDERER_VERSION


def render_comment_body(comment: Comment, *, is_new: bool = True) -> dict[str, User]:
    """Make a comment's HTML of its text, without saving it, and return whom it mentions, by the
    nickname in lower case.

    A nickname means who had it when it was first written here. Others are looked for where the text
    is new: two queries where it has an @, for a nickname that a user had before names them as well.
    Raises TooNestedError.
    """
    people: dict[str, User] = {}

    def find_people(names: set[str]) -> dict[str, str]:
        kept = _kept_mentions(comment)
        people.update((name, user) for name, user in kept.items() if user)
        if is_new and (unknown := names - kept.keys()):
            found = User.objects.filter(username__lower__in=unknown)
            people.update(FormerUsername.objects.people(unknown))
            people.update((person.username.lower(), person) for person in found)
        return {name: person.username for name, person in people.items() if person.is_active}

    rendered = render_comment(comment.body, find_people)
    comment.body_html = rendered.html
    comment.renderer_version = RENDERER_VERSION
    return {name: people[name] for name in sorted(rendered.mentioned)}


def _kept_mentions(comment: Comment) -> dict[str, User | None]:
    """Whom the nicknames in a comment mean by now, in lower case; two queries, or none where they
    are prefetched.
    """
    if not comment.pk:
        return {}
    prefetch_related_objects([comment], "mentions__user")
    return {mention.name: mention.user for mention in comment.mentions.all()}


def keep_mentions(mentioned: Mapping[Comment, Mapping[str, User]]) -> None:
    """Keep whom the nicknames in comments mean; one query, or none where nobody is mentioned."""
    mentions = [
        Mention(comment=comment, name=name, user=user)
        for comment, people in mentioned.items()
        for name, user in people.items()
    ]
    Mention.objects.bulk_create(mentions, ignore_conflicts=True)


def project_html(project: Project) -> str:
    """A project's text as everybody sees it, also before it was ever rendered."""
    if project.renderer_version:
        return project.content_html
    _render_or_show_as_written(project)
    return project.content_html


def comment_html(comment: Comment) -> str:
    """A comment as everybody sees it, also before it was ever rendered."""
    if not comment.renderer_version:
        _render_or_show_as_written(comment)
    return comment.body_html


def render_outdated(seconds: float = 50, progress: Callable[[int], Any] = lambda rows: None) -> int:
    """Render again what an older renderer made, for so many seconds, and return how many rows.

    django-crontab runs this each minute. Each batch is committed by itself: an end in between loses
    nothing, and the next run goes on. Until its turn comes a row keeps the HTML that it has.
    """
    until = time.monotonic() + seconds
    done = 0
    models: tuple[type[Project | Comment], ...] = (Project, Comment)
    for model in models:
        outdated = model.objects.filter(renderer_version__lt=RENDERER_VERSION).order_by()
        while time.monotonic() < until:
            ids = list(outdated.values_list("pk", flat=True)[:BATCH])
            if not ids:
                break
            _render_batch(model, ids)
            done += len(ids)
            progress(len(ids))
    return done


@transaction.atomic
def _render_batch(model: type[Project | Comment], ids: list[int]) -> None:
    """Render these rows under their locks, so that a change at the same time is not undone."""
    locked = model.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    rows: list[Any] = list(locked.order_by("pk"))
    if model is Comment:
        prefetch_related_objects(rows, "mentions__user")
    keep_mentions({row: _render_or_show_as_written(row) for row in rows})
    html = "content_html" if model is Project else "body_html"
    model.objects.bulk_update(rows, [html, "renderer_version"])


def _render_or_show_as_written(row: Project | Comment) -> dict[str, User]:
    """Render a text and return whom it mentions; one that was taken when the limits were others is
    shown as it was written.
    """
    try:
        if isinstance(row, Comment):
            return render_comment_body(row, is_new=row.renderer_version < KEEPS_MENTIONS)
        render_project(row)
    except TooNestedError:
        if isinstance(row, Project):
            row.content_html = as_written(row.content)
        else:
            row.body_html = as_written(row.body)
        row.renderer_version = RENDERER_VERSION
    return {}
