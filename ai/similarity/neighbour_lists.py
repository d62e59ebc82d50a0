"""The neighbour lists of all users: built whole, or brought up to date after a few changes.

A list is deeper than needed (`depth` > K + 1), and `bounds` says up to which key it is complete.
So people can leave a list many times before it has to be searched for again, and one comparison
with the bound decides whether a new user belongs into it. The K + 1 first keys of every list are
always what a full build would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ai.similarity import kernels
from ai.similarity.search import (
    WORST_KEY,
    Ids,
    Keys,
    Leaves,
    Progress,
    TieOrder,
    Words,
    build_index,
    build_leaves,
    group,
    nearest,
    set_sizes,
)
from ai.similarity.workers import Workers

Flags = npt.NDArray[np.bool_]
MakeKeys = Callable[[int, int], Keys]
QUERIES_PER_TASK = 256


def list_depth(k: int) -> int:
    """How many keys a list keeps: K, oneself, and room for people leaving."""
    return k + 1 + max(8, k // 5)


@dataclass
class NeighbourLists:
    """Who holds which set, and the list of every set (one row each)."""

    k: int
    user_ids: Ids  # ascending
    user_rows: Ids
    words: Words  # a row's set; a row that no user holds any more is dead
    keys: Keys  # has more rows than `words` has, or as many
    counts: npt.NDArray[np.int32]
    bounds: Keys

    @property
    def depth(self) -> int:
        """How many keys a row has room for."""
        return int(self.keys.shape[1])

    @property
    def pairs(self) -> int:
        """How many (user, neighbour) lines the lists amount to."""
        return int(np.clip(self.counts[self.user_rows] - 1, 0, self.k).sum())

    def neighbours(self) -> Iterator[tuple[int, list[tuple[int, float]]]]:
        """Each user with neighbours and scores, best first; slow, not how files are written."""
        ties = TieOrder(self.user_ids)
        for user, row, own in zip(
            self.user_ids.tolist(), self.user_rows.tolist(), ties.slots, strict=True
        ):
            keys = self.keys[row, : self.counts[row]]
            keys = keys[(keys & np.uint64(kernels.SLOT_MASK)) != own][: self.k]
            scores = (kernels.ONE - (keys >> np.uint64(32)).astype(np.int64)) / kernels.ONE
            ids = ties.to_ids((keys & np.uint64(kernels.SLOT_MASK)).astype(np.uint32))
            yield user, list(zip(ids.tolist(), scores.tolist(), strict=True))


def plain_keys(rows: int, depth: int) -> Keys:
    """Room for the lists in memory."""
    return np.zeros((rows, depth), np.uint64)


def build(
    k: int,
    user_ids: Ids,
    user_words: Words,
    make_keys: MakeKeys = plain_keys,
    workers: Workers | None = None,
    progress: Progress | None = None,
) -> NeighbourLists:
    """Compute the lists of all users from nothing. Each must hold at least one skill."""
    words, user_rows = group(user_words)
    depth = list_depth(k)
    keys = make_keys(words.shape[0], depth)
    counts = np.zeros(words.shape[0], np.int32)
    index = build_index(*build_leaves(words), user_rows, TieOrder(user_ids).slots)
    nearest(index, words, depth, workers or Workers(), keys, counts, progress)
    return NeighbourLists(k, user_ids, user_rows, words, keys, counts, _bounds(keys, counts))


def only_changes(lists: NeighbourLists, ids: Ids, words: Words) -> tuple[Ids, Words]:
    """Of these users and their sets, those for whom the lists know another set."""
    place, known = _find_users(lists, ids)
    same = ~known & ~words.any(axis=1)
    same[known] = (lists.words[lists.user_rows[place[known]]] == words[known]).all(axis=1)
    return ids[~same], words[~same]


def update(
    lists: NeighbourLists,
    changed_ids: Ids,
    changed_words: Words,
    make_keys: MakeKeys,
    workers: Workers | None = None,
) -> tuple[NeighbourLists, Ids]:
    """Bring the lists up to date; return them and the users whose lines are new, gone or other.

    ``changed_ids`` are ascending and come from `only_changes`; a row of ``changed_words`` without
    a skill means that the user is gone. ``make_keys(rows, depth)`` returns the keys that are
    already in `lists`, with room for that many rows. The tie order must be stable (`TieOrder`).
    """
    workers = workers or Workers()
    place, known = _find_users(lists, changed_ids)
    present = changed_words.any(axis=1)

    old_words = lists.words[lists.user_rows[place[known]]]
    old_slots = TieOrder(changed_ids[known]).slots
    new_ids, new_words = changed_ids[present], changed_words[present]
    words, new_rows = _find_rows(lists.words, new_words)
    keys = make_keys(words.shape[0], lists.depth)
    more = words.shape[0] - lists.words.shape[0]
    counts = np.concatenate((lists.counts, np.zeros(more, np.int32)))
    bounds = np.concatenate((lists.bounds, np.zeros(more, np.uint64)))

    order, leaves = build_leaves(words)
    changed = np.zeros(words.shape[0], np.bool_)
    places, event_keys, removes = _events(
        leaves, bounds[order], old_words, old_slots, new_words, TieOrder(new_ids).slots, workers
    )
    rows = order[places]
    kernels.apply_changes(keys, counts, bounds, rows, event_keys, removes, lists.k + 1, changed)

    stay = np.ones(lists.user_ids.size, np.bool_)
    stay[place[known]] = False
    user_ids = np.concatenate((lists.user_ids[stay], new_ids))
    by_id = np.argsort(user_ids, kind="stable")
    user_ids = user_ids[by_id]
    user_rows = np.concatenate((lists.user_rows[stay], new_rows))[by_id]

    held = np.bincount(user_rows, minlength=words.shape[0]) > 0
    counts[~held] = 0
    bounds[~held] = 0
    incomplete = np.flatnonzero(held & (counts < lists.k + 1) & (bounds != WORST_KEY))
    if incomplete.size:
        index = build_index(order, leaves, user_rows, TieOrder(user_ids).slots)
        incomplete_keys = np.zeros((incomplete.size, lists.depth), np.uint64)
        incomplete_counts = np.zeros(incomplete.size, np.int32)
        nearest(index, words[incomplete], lists.depth, workers, incomplete_keys, incomplete_counts)
        keys[incomplete] = incomplete_keys
        counts[incomplete] = incomplete_counts
        bounds[incomplete] = _bounds(incomplete_keys, incomplete_counts)
        changed[incomplete] = True
    affected = np.union1d(user_ids[changed[user_rows]], changed_ids)
    return NeighbourLists(lists.k, user_ids, user_rows, words, keys, counts, bounds), affected


def _find_users(lists: NeighbourLists, ids: Ids) -> tuple[Ids, Flags]:
    """Where the users stand in the lists, and whether they do."""
    place = np.searchsorted(lists.user_ids, ids)
    known = place < lists.user_ids.size
    known[known] = lists.user_ids[place[known]] == ids[known]
    return place, known


def _bounds(keys: Keys, counts: npt.NDArray[np.int32]) -> Keys:
    """Up to which key each list is complete: its last one when it is full, else every key."""
    bounds = np.full(counts.size, WORST_KEY, np.uint64)
    full = counts == keys.shape[1]
    bounds[full] = keys[: counts.size][full, -1]
    return bounds


def _find_rows(words: Words, wanted: Words) -> tuple[Words, Ids]:
    """The row of each wanted set, and the sets with those that were missing at the end."""
    factors = np.arange(1, 2 * words.shape[1], 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    likely = np.flatnonzero(np.isin((words * factors).sum(axis=1), (wanted * factors).sum(axis=1)))
    rows = {words[row].tobytes(): int(row) for row in likely}
    found = np.array(
        [rows.setdefault(row.tobytes(), words.shape[0] + i) for i, row in enumerate(wanted)],
        np.int64,
    )
    # A missing set that occurs twice took only one of the numbers handed out: close the gaps.
    new, first = np.unique(found[found >= words.shape[0]], return_index=True)
    missing = found >= words.shape[0]
    fresh = wanted[missing][first]
    found[missing] = words.shape[0] + np.searchsorted(new, found[missing])
    return np.concatenate((words, fresh)), found


def _events(
    leaves: Leaves,
    bounds: Keys,
    old_words: Words,
    old_slots: npt.NDArray[np.uint32],
    new_words: Words,
    new_slots: npt.NDArray[np.uint32],
    workers: Workers,
) -> tuple[Ids, Keys, Flags]:
    """Which keys leave which sets' lists (the old users'), and which come (the new ones').

    The sets are named by their places in the leaves, as `bounds` are.
    """
    queries = np.concatenate((old_words, new_words))
    slots = np.concatenate((old_slots, new_slots))
    shares = kernels.share_needed(bounds)
    shared = (
        *leaves,
        shares,
        np.minimum.reduceat(shares, leaves.starts[:-1]),
        bounds,
        np.ascontiguousarray(queries.T),
        set_sizes(queries),
        slots,
    )
    steps = range(0, slots.size, QUERIES_PER_TASK)
    tasks = [(start, min(start + QUERIES_PER_TASK, slots.size)) for start in steps]
    parts = list(workers.run_here(_affected, shared, tasks))
    places, hits, keys = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    removes = hits < old_slots.size
    in_order = np.lexsort((~removes, places))
    return places[in_order], keys[in_order], removes[in_order]


def _affected(shared: tuple[Any, ...], start: int, stop: int) -> tuple[Ids, Ids, Keys]:
    places, hits, keys = kernels.find_affected(*shared, start, stop)
    return places, hits, keys
