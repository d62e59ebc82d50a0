"""What trends: how many people took to a project in the last seven days."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from project.constants import TRENDING_WINDOW
from project.models import Bookmark, Comment, Project


def refresh() -> int:
    """Count recent bookmarks and comments again; returns for how many projects it changed.

    django-crontab runs this every ten minutes, as one statement that writes only what is different.
    Each person counts once for either, authors do not count at their own projects, and neither do
    people who are suspended. (The times of views are not kept.)
    """
    since = timezone.now() - TRENDING_WINDOW
    bookmarks = Bookmark.objects.filter(user__is_active=True, created_at__gte=since)
    comments = Comment.objects.visible().filter(created_at__gte=since)
    recent = [rows.order_by().values("project") for rows in (bookmarks, comments)]
    concerned = Q(trending__gt=0) | Q(pk__in=recent[0]) | Q(pk__in=recent[1])
    now = _people(bookmarks, "user") + _people(comments, "author")
    changed = Project.objects.annotate(now=now).filter(concerned).exclude(trending=F("now"))
    return changed.update(trending=F("now"))


def _people(rows: QuerySet[Any], person: str) -> Coalesce:
    """How many people these rows of a project are by, without its author."""
    others = rows.filter(project=OuterRef("pk")).exclude(**{person: OuterRef("author")})
    count = others.order_by().values("project").annotate(n=Count(person, distinct=True))
    return Coalesce(Subquery(count.values("n")), 0)
