"""Writes the lists of taste as CSV parts, or puts some people's new lines into the old ones."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ai.files.csv_parts import score_texts, take_over
from ai.files.generations import TASTE_HEADER, Manifest, find_lines, read_taste_part, taste_name
from ai.files.storage import Store
from ai.similarity import taste
from ai.similarity.search import Ids, Progress
from ai.similarity.taste import TasteIndex
from ai.similarity.workers import Workers

# More people in a task: fewer tasks; fewer: less memory for what is ready and not written yet.
PEOPLE_PER_TASK = 1024
Parts = list[tuple[int, int]]


@dataclass(frozen=True)
class TasteWriter:
    """Writes the parts of one generation."""

    store: Store
    generation: str
    shards: int
    index: TasteIndex
    k: int
    workers: Workers

    def write_all(self, progress: Progress | None = None) -> Parts:
        """Compute and write all lists; return the size and CRC-32 of each part."""
        by_shard = self.index.user_ids % self.shards
        order = np.argsort(by_shard, kind="stable")
        starts = np.searchsorted(by_shard[order], np.arange(self.shards + 1))
        parts: Parts = []

        def write(part: tuple[int, list[bytes]]) -> tuple[int, int]:
            written = self._write(part[0], b"".join([TASTE_HEADER, *part[1]]))
            if progress:
                progress(1, self.shards)
            return written

        # Where files lie far away, writing waits for the network: many at once.
        with ThreadPoolExecutor(self.store.writers or 2) as pool:
            parts.extend(pool.map(write, self._compute(order, starts)))
        return parts

    def renew(self, before: Manifest, people: Ids) -> tuple[Parts, int]:
        """Take the parts of the generation before over, with new lines for these users.

        Returns each part's size and CRC-32, and how many parts were written.
        """
        found = np.searchsorted(self.index.user_ids, people)
        known = found < self.index.user_ids.size
        known[known] = self.index.user_ids[found[known]] == people[known]
        fresh = dict.fromkeys(people.tolist(), b"")
        lines = self._lines(found[known])
        fresh |= dict(zip(people[known].tolist(), lines, strict=True))
        changes: dict[int, dict[int, bytes]] = {}
        for user, text in fresh.items():
            changes.setdefault(user % self.shards, {})[user] = text
        parts = list(before.taste_parts)
        others = [shard for shard in range(self.shards) if shard not in changes]
        take_over(self.store, before, self.generation, others, taste_name)

        def rewrite(shard: int) -> tuple[int, tuple[int, int]]:
            data = read_taste_part(self.store, before, shard)
            places = sorted((*find_lines(data, user), user) for user in changes[shard])
            pieces, done = [], 0
            for start, end, user in places:
                pieces += [data[done:start], changes[shard][user]]
                done = end
            return shard, self._write(shard, b"".join([*pieces, data[done:]]))

        with ThreadPoolExecutor(self.store.writers or 2) as pool:
            for shard, part in pool.map(rewrite, sorted(changes)):
                parts[shard] = part
        return parts, len(changes)

    def _compute(self, order: Ids, starts: Ids) -> Iterator[tuple[int, list[bytes]]]:
        """Each shard with the lines of its people."""
        step = max(1, PEOPLE_PER_TASK * self.shards // max(1, order.size))
        groups = [(a, min(a + step, self.shards)) for a in range(0, self.shards, step)]
        tasks = [(order[starts[a] : starts[b]],) for a, b in groups]
        shared = (self.index, self.k, score_texts())
        ready = self.workers.run(taste.lines, shared, tasks)
        for (first, last), lines in zip(groups, ready, strict=True):
            sizes = starts[first : last + 1] - starts[first]
            for shard, a, b in zip(range(first, last), sizes[:-1], sizes[1:], strict=True):
                yield shard, lines[a:b]

    def _lines(self, people: Ids) -> list[bytes]:
        """The lines of each of these people (by number)."""
        shared = (self.index, self.k, score_texts())
        steps = range(0, people.size, PEOPLE_PER_TASK)
        tasks = [(people[start : start + PEOPLE_PER_TASK],) for start in steps]
        return [text for part in self.workers.run_here(taste.lines, shared, tasks) for text in part]

    def _write(self, shard: int, data: bytes) -> tuple[int, int]:
        """Write a part; return its size and CRC-32."""
        self.store.write(taste_name(self.generation, shard), data)
        return len(data), zlib.crc32(data)
