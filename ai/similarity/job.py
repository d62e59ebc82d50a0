"""The similarity job: run each minute by django-crontab, or by `manage.py build_similarity`.

Each run asks first whether anything changed at all. If so it brings yesterday's lists up to date,
or builds them from nothing: once a day, and whenever the small way cannot be trusted.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.utils import timezone

from ai.constants import MIN_SIMILARITY
from ai.files import generations
from ai.files.generations import DamagedError, Manifest, NoGenerationError, count_shards
from ai.files.storage import Store, open_store
from ai.similarity import bookmarks as bookmarks_now
from ai.similarity import snapshot as snapshots
from ai.similarity.bookmarks import Bookmarks
from ai.similarity.lock import only_one
from ai.similarity.snapshot import Ids, Snapshot
from ai.similarity.state import Head, State, StateFiles

if TYPE_CHECKING:
    from ai.similarity.workers import Workers

logger = logging.getLogger(__name__)

FULL_EVERY = timedelta(days=1)
# With more changes than this part of all users, a full build is not slower.
MOST_CHANGES = 0.05
# With more that may have changed, reading everything is not slower than reading these.
MOST_SINGLE_READS = 0.2

# Called with what is being done, how much of it was just done and how much there is in all.
Progress = Callable[[str, int, int], None]
Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    kind: str  # "full", "update" or "unchanged"
    manifest: Manifest
    changed: int
    written_parts: int
    seconds: float


def build_similarity(full: bool = False, progress: Progress | None = None) -> Summary:
    """Make sure that the files say what the database says.

    Raises BusyError when another job is at work, and whatever stops it from finishing; the
    active generation then stays as it was.
    """
    state_dir = Path(settings.SIMILARITY_STATE_DIR)
    with only_one(state_dir):
        return _Job(state_dir, progress).run(full)


@dataclass(frozen=True)
class _Changes:
    """What may have changed since the last run; users are given ascending."""

    snapshot: Snapshot
    active: Ids
    users: Ids  # whose stack may be another
    came_or_went: Ids  # who was not active then and is now, or the other way round
    keepers: Ids  # whose bookmarks may be others


class _Job:
    """One run, under the lock."""

    def __init__(self, state_dir: Path, progress: Progress | None) -> None:
        self.started = time.monotonic()
        self.now = timezone.now()
        self.location: str = settings.SIMILARITY_DIR
        self.k: int = settings.SIMILARITY_K
        self.taste_k: int = settings.SIMILARITY_TASTE_K
        self.store: Store = open_store(self.location)
        self.files = StateFiles(state_dir)
        self.progress = progress
        self.current: Manifest | None = None

    def run(self, full: bool) -> Summary:
        """Do what is needed."""
        self.current = self._find_current()
        head = self.files.head()
        if head is not None and not full and self._usable(head):
            summary = self._small_run(head)
        else:
            summary = None
        summary = summary or self._build()
        generations.note_checked(self.store)
        return summary

    def _find_current(self) -> Manifest | None:
        """The manifest of the active generation, if that is valid."""
        try:
            manifest = generations.read_manifest(
                self.store, generations.current_generation(self.store)
            )
            generations.check_parts(self.store, manifest, self.now.minute)
        except NoGenerationError:
            return None
        except DamagedError as error:
            logger.warning("The similarity files are damaged and will be built again: %s", error)
            return None
        return manifest

    def _usable(self, head: Head) -> bool:
        """Whether the state fits the active generation, and the clock did not go back."""
        full_at = datetime.fromisoformat(head.full_at)
        return (
            self.current is not None
            and (head.generation, head.location) == (self.current.generation, self.location)
            and head.k == self.current.k == self.k
            and head.taste_k == self.current.taste_k == self.taste_k
            and full_at <= self.now < full_at + FULL_EVERY
            and datetime.fromisoformat(head.snapshot.read_at) <= self.now
        )

    def _small_run(self, head: Head) -> Summary | None:
        """Find out what changed and work that in; None when only a full build will do."""
        compared = snapshots.take_snapshot(datetime.fromisoformat(head.snapshot.since))
        if snapshots.same(head.snapshot, compared):
            return self._summary("unchanged", 0, 0)
        if not set(head.snapshot.skills) <= set(compared.skills):
            return None  # a skill was deleted, and with it unseen rows
        state = self.files.load(head)
        if state is None:
            return None
        snapshot = snapshots.take_snapshot(snapshots.look_back(self.now))
        active = state.active
        if head.snapshot.users != snapshot.users:
            active = snapshots.active_users()
        changes = _Changes(
            snapshot,
            active,
            snapshots.changed_users(head.snapshot, snapshot, state.active, active),
            np.setxor1d(state.active, active, assume_unique=True),
            snapshots.changed_keepers(head.snapshot),
        )
        return self._update(state, changes)

    def _update(self, state: State, changes: _Changes) -> Summary | None:
        """Work in what changed; None when only a full build will do."""
        from ai.similarity import neighbour_lists

        stacks = self._changed_stacks(state, changes.users)
        if stacks is None:
            return None
        skill_ids, changed, words = stacks
        keepers = np.union1d(changes.keepers, changes.came_or_went)
        keepers, bookmarks = self._changed_bookmarks(state.bookmarks, keepers)
        if changed.size + keepers.size > MOST_CHANGES * max(1, state.active.size):
            return None
        head = replace(state.head, snapshot=changes.snapshot)
        if not changed.size and not keepers.size:
            self.files.save(State(head, skill_ids, changes.active, state.lists, state.bookmarks))
            return self._summary("unchanged", 0, 0)
        self.files.forget()
        found, affected = state.lists, changed
        with ThreadPoolExecutor(1) as alongside:
            tidied = alongside.submit(self._tidy)
            if changed.size:
                found, affected = neighbour_lists.update(
                    state.lists, changed, words, self.files.grow_keys, self._workers()
                )
            tidied.result()
        state = State(head, skill_ids, changes.active, found, bookmarks)
        # The scores in a list of taste are those of one's own stack too.
        renewed = np.union1d(keepers, np.intersect1d(changed, bookmarks.users))
        return self._publish("update", state, affected, renewed)

    def _changed_stacks(
        self, state: State, users: Ids
    ) -> tuple[Ids, Ids, npt.NDArray[np.uint64]] | None:
        """All skills, and whose stack is now another, and which; None when it needs a full build.

        A stack without a skill means that the user is gone.
        """
        from ai.similarity import neighbour_lists, search

        if users.size > MOST_SINGLE_READS * state.lists.user_ids.size:
            holders, skills = snapshots.read_all()
            users = np.union1d(users, np.union1d(state.lists.user_ids, holders))
        else:
            holders, skills = snapshots.read_some(users)
        known = set(state.skill_ids.tolist())
        new_skills = [skill for skill in np.unique(skills).tolist() if skill not in known]
        skill_ids = np.concatenate((state.skill_ids, np.array(new_skills, np.int64)))
        width = state.lists.words.shape[1]
        largest_id = max(state.lists.user_ids.max(initial=0), users.max(initial=0))
        if skill_ids.size > width * 64 or not search.slots_stay(int(largest_id)):
            return None
        words = search.make_words(
            users.size, np.searchsorted(users, holders), _positions(skill_ids, skills), width * 64
        )
        return skill_ids, *neighbour_lists.only_changes(state.lists, users, words)

    @staticmethod
    def _changed_bookmarks(known: Bookmarks, keepers: Ids) -> tuple[Ids, Bookmarks]:
        """Of these users those whose bookmarks are now others, and everybody's bookmarks."""
        if not keepers.size:
            return keepers, known
        now = bookmarks_now.read_some(keepers)
        changed = now.differing(known.of(keepers))
        fresh = now.of(changed)
        return changed, known.of_others(changed).with_those_of(fresh) if changed.size else known

    def _build(self) -> Summary:
        """Build everything from nothing."""
        from ai.similarity import neighbour_lists, search

        self.files.forget()
        snapshot = snapshots.take_snapshot(snapshots.look_back(self.now))
        active = snapshots.active_users()
        users, skills = snapshots.read_all()
        # The commonest skills share a word: most queries then need not look at the others.
        skill_ids, counts = np.unique(skills, return_counts=True)
        skill_ids = skill_ids[np.argsort(-counts, kind="stable")]
        user_ids, rows = np.unique(users, return_inverse=True)
        words = search.make_words(
            user_ids.size, rows.ravel(), _positions(skill_ids, skills), skill_ids.size
        )
        del users, skills, rows
        found = neighbour_lists.build(
            self.k, user_ids, words, self.files.new_keys, self._workers(), self._step("stacks")
        )
        bookmarks = bookmarks_now.read_all()
        head = Head("", self.location, self.now.isoformat(), self.k, self.taste_k, snapshot)
        state = State(head, skill_ids, active, found, bookmarks)
        return self._publish("full", state, None, None)

    def _publish(
        self, kind: str, state: State, affected: Ids | None, renewed: Ids | None
    ) -> Summary:
        """Write the lists as a new generation, make it active and remember the state.

        `affected` are the users whose lines by stack changed, `renewed` those whose lists of taste
        are to be computed again; None means all.
        """
        from ai.files.csv_parts import write_parts

        generation = generations.new_generation()
        before = self._tidy()
        found = state.lists
        keepers = int(np.count_nonzero(np.diff(state.bookmarks.users, prepend=-1)))
        shards = count_shards(found.user_ids.size, self.k, keepers, self.taste_k)
        try:
            # Arranging all bookmarks is one thread's work: meanwhile another writes the parts.
            with ThreadPoolExecutor(1) as alongside:
                tastes = alongside.submit(self._write_tastes, generation, state, shards, renewed)
                parts, written = write_parts(
                    self.store,
                    generation,
                    found,
                    shards,
                    self.current,
                    affected,
                    self._step("parts"),
                )
                taste_parts, taste_written = tastes.result()
            manifest = Manifest(
                generation=generation,
                created_at=timezone.now().isoformat(),
                users=found.user_ids.size,
                k=self.k,
                threshold=MIN_SIMILARITY,
                shards=shards,
                seconds=round(time.monotonic() - self.started, 3),
                pairs=found.pairs,
                parts=parts,
                taste_k=self.taste_k,
                taste_users=keepers,
                taste_parts=taste_parts,
            )
            generations.publish(self.store, manifest)
        except BaseException:
            self.store.remove(generation)
            raise
        self.current = manifest
        state.head.generation = generation
        self.files.save(state)
        # Requests that have just read the old name still find the old files.
        generations.clean_up(self.store, {before, generation})
        changed = np.union1d(
            found.user_ids if affected is None else affected,
            np.empty(0, np.int64) if renewed is None else renewed,
        ).size
        return self._summary(kind, changed, written + taste_written)

    def _write_tastes(
        self, generation: str, state: State, shards: int, renewed: Ids | None
    ) -> tuple[list[tuple[int, int]], int]:
        """The parts of the lists of taste, and how many were written."""
        from ai.files.taste_parts import TasteWriter
        from ai.similarity import taste

        before = self.current
        lists = state.lists
        if before is None or before.shards != shards or len(before.taste_parts) != shards:
            renewed = None
        index = taste.build_index(state.bookmarks, lists.user_ids, lists.words[lists.user_rows])
        writer = TasteWriter(self.store, generation, shards, index, self.taste_k, self._workers())
        if renewed is None or before is None:
            return writer.write_all(self._step("tastes")), shards
        return writer.renew(before, renewed)

    def _tidy(self) -> str:
        """Remove all but the active generation, and name that.

        What killed jobs left goes before anything is written: it may be what fills the disk.
        """
        before = self.current.generation if self.current else ""
        generations.clean_up(self.store, {before})
        return before

    def _summary(self, kind: str, changed: int, written: int) -> Summary:
        assert self.current is not None
        return Summary(kind, self.current, changed, written, time.monotonic() - self.started)

    def _step(self, label: str) -> Step | None:
        if self.progress is None:
            return None
        return partial(self.progress, label)

    def _workers(self) -> Workers:
        from ai.similarity.workers import Workers

        return Workers(settings.SIMILARITY_DASK)


def _positions(skill_ids: Ids, skills: Ids) -> Ids:
    """At which place of `skill_ids` each skill stands."""
    order = np.argsort(skill_ids)
    return order[np.searchsorted(skill_ids[order], skills)]
