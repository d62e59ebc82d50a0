"""Writes that touch several rows, each in one transaction."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from project import notifying
from project.constants import UNUSED_IMAGE_AGE
from project.models import Bookmark, BookmarkChange, Comment, Picture, Project
from project.text.rendering import render_project
from user.images.storage import images_in_text
from user.models import Image, Profile, Skill, User


class OutdatedError(Exception):
    """The project was changed since the writer read it."""


@transaction.atomic
def change_project(
    project_id: int, is_current: Callable[[int], bool] | None = None, **changes: Any
) -> Project:
    """Write what changed of a project, as `save_project` takes it.

    Reads the row again under its lock: what others counted or hid since then stays. `is_current`
    tells whether a version is the one that the writer read. Raises Project.DoesNotExist when it was
    deleted, OutdatedError, TooNestedError.
    """
    projects = Project.objects.select_related("author").select_for_update(of=("self",))
    project = projects.get(pk=project_id)
    if is_current and not is_current(project.version):
        raise OutdatedError
    project.version += 1
    return save_project(project, **changes)


@transaction.atomic
def save_project(
    project: Project,
    skills: list[Skill] | None = None,
    pictures: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> Project:
    """Write a project, new or locked, with its skills, gallery and the pictures its text shows.

    Followers are notified of a new one, by a job.

    `pictures` are `{image, alt}` in their order. `skills` or `pictures` of None leaves them as they
    are. Raises TooNestedError.
    """
    for name, value in fields.items():
        setattr(project, name, value)
    if "content" in fields:
        render_project(project)
    project.updated_at = timezone.now()
    is_new = project.pk is None
    project.save()
    if skills is not None:
        project.skills.set(skills)
    if pictures is not None:
        project.pictures.all().delete()
        Picture.objects.bulk_create(
            Picture(project=project, position=position, **picture)
            for position, picture in enumerate(pictures)
        )
    if is_new:
        notifying.project_published(project, [skill.pk for skill in skills or ()])
    if "content" in fields:
        project.images.set(images_in_text(project.content, project.author))
    return project


@transaction.atomic
def set_bookmark(user: User, project_id: int, *, bookmarked: bool) -> int:
    """Turn a bookmark on or off and return the project's count.

    Locks the project's row, so that the count equals the bookmarks however many come at once. The
    author is notified.
    Raises Project.DoesNotExist when it was deleted.
    """
    project = (
        Project.objects.select_for_update()
        .only("bookmark_count", "title", "author")
        .get(pk=project_id)
    )
    if bookmarked:
        _, changed = Bookmark.objects.get_or_create(user=user, project=project)
        if changed:
            notifying.project_bookmarked(project, user)
    else:
        changed = bool(Bookmark.objects.filter(user=user, project=project).delete()[0])
    count: int = project.bookmark_count
    if changed:
        BookmarkChange.objects.update_or_create(user=user, defaults={"changed_at": timezone.now()})
        step = 1 if bookmarked else -1
        Project.objects.filter(pk=project.pk).update(bookmark_count=F("bookmark_count") + step)
        count += step
    return count


@transaction.atomic
def set_hidden(model: type[Project] | type[Comment], ids: Collection[int], *, hidden: bool) -> None:
    """Hide projects or comments from everybody, with what was notified of them, or show them."""
    model.objects.filter(pk__in=ids).update(is_hidden=hidden)
    if hidden:
        notifying.hidden_or_deleted(model, ids)


def remove_unused_images() -> int:
    """Remove pictures older than `UNUSED_IMAGE_AGE` that no project or draft shows, and count them.

    django-crontab runs this once a day. The files go when their rows have gone.
    """
    unused = Image.objects.filter(
        created_at__lt=timezone.now() - UNUSED_IMAGE_AGE,
        profiles=None,
        thumbnail_of=None,
        used_by=None,
        pictures=None,
        drafts=None,
    )
    removed = 0
    while batch := list(unused.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            # asked again: a project may have taken one up since
            removed += unused.filter(pk__in=batch).delete()[0]
    return removed


def refresh_skill_counts() -> None:
    """Count the people and projects of every skill that a visitor may see.

    django-crontab runs this every ten minutes: counted in each request, a million profiles would
    take a second.
    """
    people = Profile.skills.through.objects.filter(
        skill=OuterRef("pk"), profile__user__is_active=True
    )
    projects = Project.skills.through.objects.filter(
        skill=OuterRef("pk"), project__is_hidden=False, project__author__is_active=True
    )
    Skill.objects.update(people_count=_number_of(people), project_count=_number_of(projects))


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    count = rows.order_by().values("skill").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(count), 0)
