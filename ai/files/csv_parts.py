"""Writing the lists as CSV parts, the unchanged ones taken over from the generation before."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from ai.files import csv_kernels
from ai.files.generations import HEADER, Manifest, part_name
from ai.files.storage import Store
from ai.similarity.neighbour_lists import NeighbourLists
from ai.similarity.search import Ids, Progress, TieOrder
from ai.similarity.workers import Workers

PartName = Callable[[str, int], str]


def write_parts(
    store: Store,
    generation: str,
    lists: NeighbourLists,
    shards: int,
    before: Manifest | None = None,
    affected: Ids | None = None,
    progress: Progress | None = None,
) -> tuple[list[tuple[int, int]], int]:
    """Write all parts of a generation; return the size and CRC-32 of each.
    The second number is how many were not taken over.

    With the generation `before` and the users `affected` since then, parts in which none of these
    stands are copied from there.
    """
    parts: list[tuple[int, int]] = [(0, 0)] * shards
    stale = set(range(shards))
    if before is not None and affected is not None and before.shards == shards:
        stale = set(np.unique(affected % shards).tolist())
        fresh = [shard for shard in range(shards) if shard not in stale]
        take_over(store, before, generation, fresh, part_name)
        for shard in fresh:
            parts[shard] = before.parts[shard]
    writer = _PartWriter(store, generation, lists, shards)
    tasks = [(shard,) for shard in sorted(stale)]
    for shard, size, checksum in Workers.run_here(_PartWriter.write, writer, tasks, store.writers):
        parts[shard] = (size, checksum)
        if progress:
            progress(1, len(tasks))
    return parts, len(tasks)


def take_over(
    store: Store, before: Manifest, generation: str, shards: list[int], name: PartName
) -> None:
    """Take these parts of the generation before over as they are."""

    def copy(shard: int) -> None:
        store.copy(name(before.generation, shard), name(generation, shard))

    with ThreadPoolExecutor(store.writers or 2) as pool:
        for _ in pool.map(copy, shards):
            pass  # raises what went wrong


class _PartWriter:
    """What the threads that write parts share."""

    def __init__(self, store: Store, generation: str, lists: NeighbourLists, shards: int) -> None:
        self.store = store
        self.generation = generation
        self.lists = lists
        self.ties = TieOrder(lists.user_ids)
        self.scores = score_texts()
        by_shard = lists.user_ids % shards
        self.users = np.argsort(by_shard, kind="stable")
        self.starts = np.searchsorted(by_shard[self.users], np.arange(shards + 1))
        longest = int(np.diff(self.starts).max()) * lists.k * csv_kernels.LONGEST_LINE
        self.room = len(HEADER) + longest
        self.local = threading.local()

    def _buffer(self) -> npt.NDArray[np.uint8]:
        """The thread's room for a part, used again and again: fresh memory is slow."""
        if not hasattr(self.local, "buffer"):
            self.local.buffer = np.empty(self.room, np.uint8)
            self.local.buffer[: len(HEADER)] = np.frombuffer(HEADER, np.uint8)
        buffer: npt.NDArray[np.uint8] = self.local.buffer
        return buffer

    def write(self, shard: int) -> tuple[int, int, int]:
        """Write one part; return its number, size and CRC-32."""
        lists, ties, buffer = self.lists, self.ties, self._buffer()
        size, _ = csv_kernels.write_rows(
            self.users[self.starts[shard] : self.starts[shard + 1]],
            lists.user_ids,
            ties.slots,
            lists.user_rows,
            lists.keys,
            lists.counts,
            lists.k,
            ties.inverse,
            ties.ids,
            self.scores,
            buffer[len(HEADER) :],
        )
        data = buffer[: len(HEADER) + size].data
        self.store.write(part_name(self.generation, shard), data)
        return shard, data.nbytes, zlib.crc32(data)


def score_texts() -> npt.NDArray[np.uint8]:
    """For each ``h`` the score ``h / 20000`` as it is written, with 4 decimals."""
    text = "".join(f"{h / 20000:.4f}" for h in range(20001))
    return np.frombuffer(text.encode(), np.uint8).reshape(-1, csv_kernels.SCORE_LENGTH)
