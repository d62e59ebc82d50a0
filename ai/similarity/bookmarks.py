"""Who bookmarked what, as arrays: everything, or brought up to date for a few people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from project.models import Bookmark

Ids = npt.NDArray[np.int64]
# So many people's bookmarks are asked for at once.
PEOPLE_AT_ONCE = 5000
COLUMNS = ["user_id", "project_id", "id"]


@dataclass
class Bookmarks:
    """One bookmark a place, by user ascending and then newest first.

    A bookmark's id says how new it is.
    """

    users: Ids
    projects: Ids
    ids: Ids

    def of(self, people: Ids) -> Bookmarks:
        """Only those of these people."""
        theirs = np.isin(self.users, people)
        return Bookmarks(self.users[theirs], self.projects[theirs], self.ids[theirs])

    def differing(self, other: Bookmarks) -> Ids:
        """The people whose bookmarks here are not those there, ascending."""
        here, there = (
            set(zip(b.users.tolist(), b.ids.tolist(), strict=True)) for b in (self, other)
        )
        return np.array(sorted({user for user, _ in here ^ there}), np.int64)

    def of_others(self, people: Ids) -> Bookmarks:
        """Without those of these people."""
        others = ~np.isin(self.users, people)
        return Bookmarks(self.users[others], self.projects[others], self.ids[others])

    def with_those_of(self, people: Bookmarks) -> Bookmarks:
        """With the bookmarks of people who have none here."""
        places = np.searchsorted(self.users, people.users)
        return Bookmarks(
            np.insert(self.users, places, people.users),
            np.insert(self.projects, places, people.projects),
            np.insert(self.ids, places, people.ids),
        )


def read_all() -> Bookmarks:
    """The bookmarks of all active users."""
    return _read(Bookmark.objects.filter(user__is_active=True))


def read_some(people: Ids) -> Bookmarks:
    """The bookmarks of these users, as far as they are active."""
    found = [
        _read(
            Bookmark.objects.filter(
                user__is_active=True, user__in=people[start : start + PEOPLE_AT_ONCE].tolist()
            )
        )
        for start in range(0, max(1, people.size), PEOPLE_AT_ONCE)
    ]
    return Bookmarks(
        np.concatenate([part.users for part in found]),
        np.concatenate([part.projects for part in found]),
        np.concatenate([part.ids for part in found]),
    )


def _read(bookmarks: Any) -> Bookmarks:
    rows: Iterable[tuple[int, int, int]] = (
        bookmarks.order_by().values_list(*COLUMNS).iterator(100_000)
    )
    table = np.fromiter(rows, np.dtype([(name, np.int64) for name in COLUMNS]))
    order = np.lexsort((-table["id"], table["user_id"]))
    return Bookmarks(*(table[name][order] for name in COLUMNS))
