"""Who holds which skills, read from the database: everything, or what changed since last time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Count, F, Max, Sum
from django.db.models.functions import Mod
from django.utils import timezone

from project.models import Bookmark, BookmarkChange
from user.models import Profile, Skill, User

Ids = npt.NDArray[np.int64]
# Transactions may commit, and clocks of several machines differ, by less than this.
MARGIN = timedelta(minutes=10)
PRIME = 65521


@dataclass
class Snapshot:
    """From which one sees whether anything changed, and what, without reading all profiles.

    ``recent`` lists the profiles whose skills changed since ``since``, some time before the
    reading: a late commit with an early time is noticed too. ``users`` is a checksum of who is
    active, which notices deletions and suspensions. ``last_link`` notices skills that were
    given in a way that forgot to set the time. ``recent_bookmarks`` and ``last_bookmark`` say the
    same of bookmarks.
    """

    read_at: str
    since: str
    recent: str
    users: list[int]
    last_link: int
    skills: list[int]
    recent_bookmarks: str
    last_bookmark: int


def take_snapshot(since: datetime) -> Snapshot:
    """The facts as of now."""
    users = User.objects.filter(is_active=True).aggregate(
        count=Count("id"),
        total=Sum("id", default=0),
        squares=Sum(Mod(F("id"), PRIME) * Mod(F("id"), PRIME), default=0),
    )
    stacks = Profile.objects.filter(skills_changed_at__gte=since)
    bookmarks = BookmarkChange.objects.filter(changed_at__gte=since)
    return Snapshot(
        read_at=timezone.now().isoformat(),
        since=since.isoformat(),
        recent=_digest(stacks.values_list("pk", "skills_changed_at")),
        users=[int(users["count"]), int(users["total"]), int(users["squares"])],
        last_link=_links().aggregate(last=Max("id"))["last"] or 0,
        skills=list(Skill.objects.order_by("id").values_list("id", flat=True)),
        recent_bookmarks=_digest(bookmarks.values_list("pk", "changed_at")),
        last_bookmark=Bookmark.objects.aggregate(last=Max("id"))["last"] or 0,
    )


def _digest(changes: Any) -> str:
    """One value for all (key, time) pairs."""
    found = hashlib.sha256()
    for pk, changed_at in changes.order_by("pk").iterator(10_000):
        found.update(f"{pk} {changed_at.timestamp()}\n".encode())
    return found.hexdigest()


def same(old: Snapshot, new: Snapshot) -> bool:
    """Whether nothing changed between two snapshots that look back to the same time.

    A new skill without holders changes nothing; one that is gone is gone from profiles too.
    """
    return (
        same_bookmarks(old, new)
        and (old.recent, old.users, old.last_link) == (new.recent, new.users, new.last_link)
        and set(old.skills) <= set(new.skills)
        and old.read_at <= new.read_at
    )


def same_bookmarks(old: Snapshot, new: Snapshot) -> bool:
    """Whether no bookmark came or went between two snapshots that look back to the same time."""
    return (old.recent_bookmarks, old.last_bookmark) == (new.recent_bookmarks, new.last_bookmark)


def active_users() -> Ids:
    """All users who may appear to others, ascending."""
    ids = User.objects.filter(is_active=True).order_by("id").values_list("id", flat=True)
    return np.fromiter(ids.iterator(100_000), np.int64)


def changed_users(old: Snapshot, new: Snapshot, old_active: Ids, active: Ids) -> Ids:
    """All users whose skills may have changed between the two snapshots, ascending."""
    recent = Profile.objects.filter(skills_changed_at__gte=datetime.fromisoformat(old.since))
    linked = _links().filter(id__gt=old.last_link).values_list("profile_id", flat=True)
    found = {*recent.values_list("pk", flat=True), *linked.distinct()}
    if old.users != new.users:
        found.update(np.setxor1d(old_active, active, assume_unique=True).tolist())
    return np.array(sorted(found), np.int64)


def changed_keepers(old: Snapshot) -> Ids:
    """All users whose bookmarks may have changed since a snapshot, ascending."""
    recent = BookmarkChange.objects.filter(changed_at__gte=datetime.fromisoformat(old.since))
    added = Bookmark.objects.filter(id__gt=old.last_bookmark).values_list("user_id", flat=True)
    found = {*recent.values_list("pk", flat=True), *added.order_by().distinct()}
    return np.array(sorted(found), np.int64)


def read_all() -> tuple[Ids, Ids]:
    """All (user, skill) pairs of active users."""
    return _pairs(_links().filter(profile__user__is_active=True))


def read_some(user_ids: Ids) -> tuple[Ids, Ids]:
    """The pairs of these users, as far as they are active."""
    users, skills = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for start in range(0, user_ids.size, 5000):
        some = user_ids[start : start + 5000].tolist()
        links = _links().filter(profile__user__is_active=True, profile_id__in=some)
        more_users, more_skills = _pairs(links)
        users.append(more_users)
        skills.append(more_skills)
    return np.concatenate(users), np.concatenate(skills)


def look_back(now: datetime) -> datetime:
    """From when on the next snapshot has to look at changes."""
    return now - MARGIN


def _links() -> Any:
    return Profile.skills.through.objects.all()


def _pairs(links: Any) -> tuple[Ids, Ids]:
    rows: Iterable[tuple[int, int]] = links.values_list("profile_id", "skill_id").iterator(100_000)
    pairs = np.fromiter(rows, np.dtype([("user", np.int64), ("skill", np.int64)]))
    return pairs["user"].copy(), pairs["skill"].copy()
