"""The lists of taste: for each user with bookmarks those who share most of them.

What two people u and v have in common is the sum, over the projects i that both bookmarked, of

    exp(-3 · place_u(i) / |B_u|) / (n_i^0.6 · |B_v|^0.5)

where B are a person's bookmarks, newest first (place 0, 1, …), and n_i is the number of people who
bookmarked i, of whom the newest 300 are looked at. So a shared rare project counts more than a
known one, my latest more than my oldest, and one who keeps everything less than one who chooses.
Everything here works on arrays and knows nothing of Django, files or time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from ai.similarity import taste_kernels
from ai.similarity.search import Ids, Keys, TieOrder, Words

if TYPE_CHECKING:  # a worker of a Dask cluster has no Django
    from ai.similarity.bookmarks import Bookmarks

FADING = 3.0
POPULARITY_POWER = 0.6
SIZE_POWER = 0.5
MOST_PEOPLE = 300
# A line holds two ids of at most 19 digits, taste, score, three commas and a line end.
LONGEST_LINE = 60
# Numbers of projects are looked up in a table while they are no larger than this.
LARGEST_TABLE = 1 << 27
Floats = npt.NDArray[np.float64]


class TasteIndex(NamedTuple):
    """People and projects by number, and who bookmarked what; see `taste_kernels.nearest`."""

    user_ids: Ids
    starts: Ids
    projects: npt.NDArray[np.int32]
    project_weights: Floats
    project_starts: Ids
    kept: Ids
    listed: npt.NDArray[np.int32]
    size_weights: Floats
    ranks: npt.NDArray[np.uint32]
    by_rank: Ids
    words: Words


def build_index(bookmarks: Bookmarks, stack_users: Ids, stack_words: Words) -> TasteIndex:
    """Arrange the bookmarks; the stacks (``stack_words[i]`` of ``stack_users[i]``) give scores."""
    begins = np.flatnonzero(np.diff(bookmarks.users, prepend=-1))
    user_ids = bookmarks.users[begins]
    starts = np.append(begins, bookmarks.users.size)
    sizes = np.diff(starts)
    people = np.repeat(np.arange(user_ids.size, dtype=np.int32), sizes)
    projects, n_projects = _numbers(bookmarks.projects)
    counts = np.bincount(projects, minlength=n_projects).astype(np.int64)
    project_starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    listed, kept = taste_kernels.keep_newest(
        projects, bookmarks.ids, people, project_starts, counts, MOST_PEOPLE
    )
    ties = TieOrder(user_ids)
    by_rank = np.argsort(ties.slots)
    ranks = np.empty(user_ids.size, np.uint32)
    ranks[by_rank] = np.arange(user_ids.size, dtype=np.uint32)
    return TasteIndex(
        user_ids,
        starts,
        projects,
        1 / np.maximum(counts, 1).astype(np.float64) ** POPULARITY_POWER,
        project_starts,
        kept,
        listed,
        1 / sizes.astype(np.float64) ** SIZE_POWER,
        ranks,
        by_rank,
        _words_of(user_ids, stack_users, stack_words),
    )


def nearest(index: TasteIndex, people: Ids, k: int) -> tuple[Keys, Ids]:
    """The best `k` keys of these people (by number), ascending, and how many each has."""
    keys = np.zeros((people.size, k), np.uint64)
    counts = np.zeros(people.size, np.int64)
    taste_kernels.nearest(
        people,
        index.starts,
        index.projects,
        index.project_weights,
        index.project_starts,
        index.kept,
        index.listed,
        index.size_weights,
        FADING,
        index.ranks,
        k,
        keys,
        counts,
    )
    return keys, counts


def lines(shared: tuple[TasteIndex, int, npt.NDArray[np.uint8]], people: Ids) -> list[bytes]:
    """The CSV lines of each of these people (by number): one task of a build.

    ``shared`` holds the index, K, and the scores' texts (`csv_parts.score_texts`).
    """
    index, k, scores = shared
    keys, counts = nearest(index, people, k)
    out = np.empty(int(counts.sum()) * LONGEST_LINE, np.uint8)
    ends = np.zeros(people.size + 1, np.int64)
    taste_kernels.write_rows(
        people, index.user_ids, index.by_rank, keys, counts, index.words, scores, out, ends[1:]
    )
    return [out[a:b].tobytes() for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]


def _numbers(ids: Ids) -> tuple[npt.NDArray[np.int32], int]:
    """The ids as numbers from 0 on, and how many there are."""
    if not ids.size:
        return np.empty(0, np.int32), 0
    largest = int(ids.max())
    if largest > LARGEST_TABLE:
        unique, numbers = np.unique(ids, return_inverse=True)
        return numbers.astype(np.int32), unique.size
    return ids.astype(np.int32), largest + 1


def _words_of(user_ids: Ids, stack_users: Ids, stack_words: Words) -> Words:
    """The stack of each user; an empty one where they have none."""
    words = np.zeros((user_ids.size, stack_words.shape[1]), np.uint64)
    place = np.searchsorted(stack_users, user_ids)
    known = place < stack_users.size
    known[known] = stack_users[place[known]] == user_ids[known]
    words[known] = stack_words[place[known]]
    return words
