"""Exact nearest neighbours by the Jaccard similarity of skill sets.

Everything here works on arrays and knows nothing of Django, files or time.

People with the same skills share one list, so the unit of work is the *group*, a distinct set of
skills. A list holds keys (see `ai.similarity.kernels`) ascending, the best neighbour first, its own
members included: each user is left out of their own when it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ai.constants import MIN_SIMILARITY
from ai.similarity import kernels, leaf_kernels
from ai.similarity.workers import Workers

Ids = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Keys = npt.NDArray[np.uint64]
Slots = npt.NDArray[np.uint32]
# Called with how much was just done and how much there is in all.
Progress = Callable[[int, int], None]

TIE_FACTOR = 2654435761
LEAF_SIZE = 128
QUERIES_PER_TASK = 8192
WORST_KEY = ((kernels.ONE - int(kernels.ONE * MIN_SIMILARITY)) << 32) | kernels.SLOT_MASK
# `inter * 2**31 // union` tells fractions apart up to this many skills a person.
MAX_SKILLS = 2048


def slots_stay(largest_id: int) -> bool:
    """Whether each user's slot stays the same, no matter who comes and goes (`TieOrder`)."""
    return largest_id < 1 << 32


class TieOrder:
    """Who comes first among equally similar people: by hash of the id, then by the id.

    The hash is one to one for ids below 2**32 and is then the slot itself; with larger ids about,
    the slot is the place in the order of all present, which changes with who is present.
    """

    def __init__(self, user_ids: Ids) -> None:
        hashes = (user_ids.astype(np.uint64) * np.uint64(TIE_FACTOR)) & np.uint64(0xFFFFFFFF)
        self.stable = user_ids.size == 0 or slots_stay(int(user_ids.max()))
        self.inverse = pow(TIE_FACTOR, -1, 1 << 32)
        self.ids: Ids = np.empty(0, np.int64)
        self.slots: Slots = hashes.astype(np.uint32)
        if not self.stable:
            order = np.lexsort((user_ids, hashes))
            self.ids = user_ids[order]
            self.slots[order] = np.arange(user_ids.size, dtype=np.uint32)

    def to_ids(self, slots: Slots) -> Ids:
        """Whose slots these are."""
        if not self.stable:
            return self.ids[slots]
        ids = (slots.astype(np.uint64) * np.uint64(self.inverse)) & np.uint64(0xFFFFFFFF)
        return ids.astype(np.int64)


class Leaves(NamedTuple):
    """Sets arranged for searching: similar ones share a leaf (see `ai.similarity.leaf_kernels`)."""

    words: Words
    sizes: Ids
    starts: Ids
    unions: Words
    commons: Words
    common_counts: Ids


class Index(NamedTuple):
    """Leaves of groups with the groups' members; see `kernels.search`."""

    leaves: Leaves
    min_slots: Slots
    member_starts: Ids
    members: Slots


def make_words(n: int, rows: Ids, bits: Ids, n_bits: int) -> Words:
    """Bit sets: row ``rows[i]`` of ``n`` gets bit ``bits[i]``."""
    if n_bits > MAX_SKILLS:
        raise ValueError(f"At most {MAX_SKILLS} skills are supported, not {n_bits}.")
    words = np.zeros((n, max(1, -(-n_bits // 64))), np.uint64)
    leaf_kernels.set_bits(words, rows, bits)
    return words


def set_sizes(words: Words) -> Ids:
    """How many skills each set holds."""
    sizes: Ids = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return sizes


def as_scalars(words: Words) -> npt.NDArray[np.void]:
    """Each set as one comparable value."""
    columns = np.dtype([(f"w{i}", np.uint64) for i in range(words.shape[1])])
    return np.ascontiguousarray(words).view(columns).ravel()


def group(words: Words) -> tuple[Words, Ids]:
    """The distinct sets, and which of them each set is."""
    unique, inverse = np.unique(as_scalars(words), return_inverse=True)
    return unique.view(np.uint64).reshape(-1, words.shape[1]).copy(), inverse.astype(np.int64)


def arrange(words: Words) -> tuple[Ids, Ids]:
    """An order in which similar sets stand together, and where its leaves start."""
    sizes = set_sizes(words)
    order = np.argsort(sizes, kind="stable")
    return order, leaf_kernels.split_into_leaves(words, sizes, order, LEAF_SIZE)


def build_leaves(words: Words) -> tuple[Ids, Leaves]:
    """The sets in leaves, and which of ``words`` stands at each place."""
    order, starts = arrange(words)
    columns = np.ascontiguousarray(words[order].T)
    unions, commons = np.empty((2, words.shape[1], starts.size - 1), np.uint64)
    common_counts = np.empty(starts.size - 1, np.int64)
    leaf_kernels.summarise_leaves(columns, starts, unions, commons, common_counts)
    sizes = set_sizes(words[order])
    return order, Leaves(columns, sizes, starts, unions, commons, common_counts)


def build_index(order: Ids, leaves: Leaves, user_groups: Ids, slots: Slots) -> Index:
    """Add the groups' members to their leaves; a group may have none."""
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    by_place = np.lexsort((slots, place[user_groups]))
    counts = np.bincount(place[user_groups], minlength=order.size)
    member_starts = np.concatenate(([0], np.cumsum(counts)))
    members = slots[by_place]
    first_slots = np.full(order.size, kernels.SLOT_MASK, np.uint32)
    first_slots[counts > 0] = members[member_starts[:-1][counts > 0]]
    min_slots = np.minimum.reduceat(first_slots, leaves.starts[:-1])
    return Index(leaves, min_slots, member_starts, members)


def search_block(index: Index, queries: Words, starts: Ids, depth: int) -> tuple[Keys, Ids]:
    """The best ``depth`` keys of some queries and how many there are: one task of a build."""
    keys = np.empty((queries.shape[1], depth), np.uint64)
    counts = np.empty(queries.shape[1], np.int64)
    leaves, *members = index
    kernels.search(*leaves, *members, queries, starts, np.uint64(WORST_KEY), depth, keys, counts)
    return keys, counts


def nearest(
    index: Index,
    queries: Words,
    depth: int,
    workers: Workers,
    keys: Keys,
    counts: npt.NDArray[np.int32],
    progress: Progress | None = None,
) -> None:
    """Write the best ``depth`` keys of each query to ``keys`` and their number to ``counts``."""
    if not queries.shape[0] or not index.leaves.sizes.size:
        counts[:] = 0
        return
    order, starts = arrange(queries)
    blocks = []
    first = 0
    while first < starts.size - 1:
        last = int(np.searchsorted(starts, starts[first] + QUERIES_PER_TASK, side="right")) - 1
        last = max(first + 1, last)
        blocks.append((first, last))
        first = last
    columns = np.ascontiguousarray(queries[order].T)
    tasks = [
        (
            np.ascontiguousarray(columns[:, starts[a] : starts[b]]),
            starts[a : b + 1] - starts[a],
            depth,
        )
        for a, b in blocks
    ]
    for (a, b), (block_keys, block_counts) in zip(
        blocks, workers.run(search_block, index, tasks), strict=True
    ):
        rows = order[starts[a] : starts[b]]
        keys[rows] = block_keys
        counts[rows] = block_counts
        if progress:
            progress(rows.size, queries.shape[0])
