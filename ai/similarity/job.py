"""The similarity job: run each minute by django-crontab, or by `manage.py build_similarity`.

Each run asks first whether anything changed at all. If so it brings yesterday's lists up to date,
or builds them from nothing: once a day, and whenever the small way cannot be trusted.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from django.utils import timezone

from ai.constants import MIN_SIMILARITY
from ai.files import generations
from ai.files.generations import DamagedError, Manifest, NoGenerationError
from ai.files.storage import Store, open_store
from ai.similarity import snapshot as snapshots
from ai.similarity.lock import only_one
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


class _Job:
    """One run, under the lock."""

    def __init__(self, state_dir: Path, progress: Progress | None) -> None:
        self.started = time.monotonic()
        self.now = timezone.now()
        self.location: str = settings.SIMILARITY_DIR
        self.k: int = settings.SIMILARITY_K
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
        changed = snapshots.changed_users(head.snapshot, snapshot, state.active, active)
        if changed.size > MOST_SINGLE_READS * state.lists.user_ids.size:
            users, skills = snapshots.read_all()
            changed = np.union1d(changed, np.union1d(state.lists.user_ids, users))
        else:
            users, skills = snapshots.read_some(changed)
        return self._update(state, snapshot, active, changed, users, skills)

    def _update(
        self,
        state: State,
        snapshot: snapshots.Snapshot,
        active: snapshots.Ids,
        changed: snapshots.Ids,
        users: snapshots.Ids,
        skills: snapshots.Ids,
    ) -> Summary | None:
        """Work in what these users hold now; None when only a full build will do."""
        from ai.similarity import neighbour_lists, search

        known = set(state.skill_ids.tolist())
        new_skills = [skill for skill in np.unique(skills).tolist() if skill not in known]
        skill_ids = np.concatenate((state.skill_ids, np.array(new_skills, np.int64)))
        width = state.lists.words.shape[1]
        largest_id = max(state.lists.user_ids.max(initial=0), changed.max(initial=0))
        if skill_ids.size > width * 64 or not search.slots_stay(int(largest_id)):
            return None
        words = search.make_words(
            changed.size, np.searchsorted(changed, users), _positions(skill_ids, skills), width * 64
        )
        changed, words = neighbour_lists.only_changes(state.lists, changed, words)
        if changed.size > MOST_CHANGES * state.lists.user_ids.size:
            return None
        head = Head(state.head.generation, self.location, state.head.full_at, self.k, snapshot)
        if not changed.size:
            self.files.save(State(head, skill_ids, active, state.lists))
            return self._summary("unchanged", 0, 0)
        self.files.forget()
        with ThreadPoolExecutor(1) as alongside:
            tidied = alongside.submit(self._tidy)
            found, affected = neighbour_lists.update(
                state.lists, changed, words, self.files.grow_keys, self._workers()
            )
            tidied.result()
        state = State(head, skill_ids, active, found)
        return self._publish("update", state, affected, changed.size)

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
        head = Head("", self.location, self.now.isoformat(), self.k, snapshot)
        return self._publish("full", State(head, skill_ids, active, found), None, user_ids.size)

    def _publish(
        self, kind: str, state: State, affected: snapshots.Ids | None, changed: int
    ) -> Summary:
        """Write the lists as a new generation, make it active and remember the state."""
        from ai.files.csv_parts import write_parts

        generation = generations.new_generation()
        before = self._tidy()
        found = state.lists
        try:
            parts, written = write_parts(
                self.store, generation, found, self.current, affected, self._step("parts")
            )
            manifest = Manifest(
                generation=generation,
                created_at=timezone.now().isoformat(),
                users=found.user_ids.size,
                k=self.k,
                threshold=MIN_SIMILARITY,
                shards=len(parts),
                seconds=round(time.monotonic() - self.started, 3),
                pairs=found.pairs,
                parts=parts,
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
        return self._summary(kind, changed, written)

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


def _positions(skill_ids: snapshots.Ids, skills: snapshots.Ids) -> snapshots.Ids:
    """At which place of `skill_ids` each skill stands."""
    order = np.argsort(skill_ids)
    return order[np.searchsorted(skill_ids[order], skills)]
