"""What the job remembers between two runs, so that a minute with few changes is a small one.

The lists are a file that is mapped into memory and changed in place. That is safe because
`head.json` is removed before and written again after: without it the next run starts afresh.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ai.similarity.bookmarks import Bookmarks
from ai.similarity.snapshot import Ids, Snapshot

if TYPE_CHECKING:  # numba is slow to import, and not needed for looking at the head
    from ai.similarity.neighbour_lists import NeighbourLists

FORMAT = 2
Keys = npt.NDArray[np.uint64]


@dataclass
class Head:
    """What the lists belong to."""

    generation: str
    location: str
    full_at: str
    k: int
    taste_k: int
    snapshot: Snapshot
    format: int = FORMAT


@dataclass
class State:
    """The lists of a generation and what they were made from."""

    head: Head
    skill_ids: Ids  # bit i of a set is this skill
    active: Ids
    lists: NeighbourLists
    bookmarks: Bookmarks


class StateFiles:
    """A folder on this machine with the state of the last run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._head = folder / "head.json"
        self._arrays = folder / "arrays.npz"
        self._keys = folder / "keys.bin"
        self._bookmarks = folder / "bookmarks.npz"

    def head(self) -> Head | None:
        """What the state belongs to; None when there is none or it cannot be used."""
        try:
            values = json.loads(self._head.read_bytes())
            head = Head(**{**values, "snapshot": Snapshot(**values["snapshot"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return head if head.format == FORMAT else None

    def load(self, head: Head) -> State | None:
        """The state this is the head of, or None when it cannot be used."""
        from ai.similarity.neighbour_lists import NeighbourLists, list_depth

        try:
            with np.load(self._arrays) as saved:
                arrays = {name: saved[name] for name in saved.files}
            if str(arrays["generation"]) != head.generation:
                return None
            shape = (arrays["words"].shape[0], list_depth(head.k))
            if self._keys.stat().st_size < shape[0] * shape[1] * 8:
                return None
            bookmarks = self._load_bookmarks(head.generation)
        except (OSError, ValueError, KeyError, EOFError):
            return None
        lists = NeighbourLists(
            head.k,
            arrays["user_ids"],
            arrays["user_rows"],
            arrays["words"],
            self.grow_keys(*shape),
            arrays["counts"],
            arrays["bounds"],
        )
        return State(head, arrays["skill_ids"], arrays["active"], lists, bookmarks)

    def new_keys(self, rows: int, depth: int) -> Keys:
        """An empty file for the lists. Raises OSError where the disk has no room for it."""
        self._keys.unlink(missing_ok=True)
        self._keys.touch()
        return self.grow_keys(rows, depth)

    def grow_keys(self, rows: int, depth: int) -> Keys:
        """The lists' file with its content, made longer where needed. Raises OSError as well."""
        self._take_room(max(rows, 1) * depth * np.uint64().nbytes)
        return np.memmap(self._keys, np.uint64, "r+", shape=(max(rows, 1), depth))

    def _take_room(self, size: int) -> None:
        """Without it a full disk is noticed when a list is written: by SIGBUS, without a word."""
        if hasattr(os, "posix_fallocate"):
            with self._keys.open("r+b") as file:
                os.posix_fallocate(file.fileno(), 0, size)

    def forget(self) -> None:
        """Before the lists are changed: from now on they belong to nothing."""
        self._head.unlink(missing_ok=True)

    def save(self, state: State) -> None:
        """Write everything but the lists, which are in their file already."""
        lists = state.lists
        new = self._folder / "arrays.new.npz"
        np.savez(
            new,
            generation=np.array(state.head.generation),
            user_ids=lists.user_ids,
            user_rows=lists.user_rows,
            words=lists.words,
            counts=lists.counts,
            bounds=lists.bounds,
            skill_ids=state.skill_ids,
            active=state.active,
        )
        new.replace(self._arrays)
        self._save_bookmarks(state)
        self.save_head(state.head)

    def _save_bookmarks(self, state: State) -> None:
        new = self._folder / "bookmarks.new.npz"
        generation = np.array(state.head.generation)
        np.savez(new, generation=generation, **vars(state.bookmarks))
        new.replace(self._bookmarks)

    def _load_bookmarks(self, generation: str) -> Bookmarks:
        """What `_save_bookmarks` wrote. Raises ValueError when that was for another generation."""
        with np.load(self._bookmarks) as saved:
            if str(saved["generation"]) != generation:
                raise ValueError(generation)
            return Bookmarks(saved["users"], saved["projects"], saved["ids"])

    def save_head(self, head: Head) -> None:
        """Declare that the lists belong to this."""
        new = self._folder / "head.new.json"
        new.write_text(json.dumps(asdict(head)))
        new.replace(self._head)
