"""Generations of similarity files: naming, manifest, switching, reading one user's lines.

The request path imports this, so it stays free of numpy and numba.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from django.utils import timezone

from ai.files.storage import Store, open_store

T = TypeVar("T")

CURRENT = "CURRENT"
# When the job last found the active generation to be up to date.
CHECKED = "CHECKED"
MANIFEST = "manifest.json"
HEADER = b"user_id,neighbour_id,score\n"
TASTE_HEADER = b"user_id,neighbour_id,taste,score\n"
# Of the larger part of a number, which is between a half of this and all of it.
PART_BYTES = 900_000
LINE_BYTES = 21
TASTE_LINE_BYTES = 34


class NoGenerationError(Exception):
    """The job has not finished a first time yet."""


class DamagedError(Exception):
    """The active files are not what the manifest says."""


@dataclass(frozen=True)
class Manifest:
    """What a generation holds."""

    generation: str
    created_at: str
    users: int
    k: int
    threshold: float
    shards: int
    seconds: float
    pairs: int
    # size and CRC-32 of each part
    parts: list[tuple[int, int]] = field(repr=False)
    # What generations of the version without lists of taste do not have.
    taste_k: int = 0
    taste_users: int = 0
    taste_parts: list[tuple[int, int]] = field(default_factory=list, repr=False)

    @property
    def created(self) -> datetime:
        """When the job wrote it."""
        return datetime.fromisoformat(self.created_at)

    def to_json(self) -> bytes:
        """The file's content."""
        return json.dumps(asdict(self), separators=(",", ":")).encode()


def new_generation() -> str:
    """A name that is never used twice, whatever the clock does."""
    return f"g{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def count_shards(users: int, k: int, taste_users: int = 0, taste_k: int = 0) -> int:
    """How many parts: a power of two, so that it seldom changes, of about PART_BYTES at most."""
    most = max(users * k * LINE_BYTES, taste_users * taste_k * TASTE_LINE_BYTES)
    return 1 << max(0, -(-most // PART_BYTES) - 1).bit_length()


def part_name(generation: str, shard: int) -> str:
    """The part's name in the store."""
    return f"{generation}/part-{shard:05}.csv"


def taste_name(generation: str, shard: int) -> str:
    """The name in the store of the part with the lists of taste."""
    return f"{generation}/taste-{shard:05}.csv"


def current_generation(store: Store) -> str:
    """The active generation."""
    try:
        name = store.read(CURRENT).decode("ascii").strip()
    except FileNotFoundError:
        raise NoGenerationError from None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedError(f"{CURRENT} cannot be read: {error}") from error
    if not name.startswith("g") or "/" in name:
        raise DamagedError(f"{CURRENT} holds no generation's name.")
    return name


def read_manifest(store: Store, generation: str) -> Manifest:
    """The manifest of a generation."""
    try:
        values = json.loads(store.read(f"{generation}/{MANIFEST}"))
        manifest = Manifest(**values)
        whole = (
            manifest.generation == generation
            and len(manifest.parts) == manifest.shards > 0
            and len(manifest.taste_parts) in (0, manifest.shards)
        )
        _ = manifest.created
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(f"The manifest of {generation} cannot be read: {error}") from error
    if not whole:
        raise DamagedError(f"The manifest of {generation} contradicts itself.")
    return manifest


@lru_cache(maxsize=4)
def cached_manifest(location: str, generation: str) -> Manifest:
    """The manifest, read once a process: a generation never changes."""
    return read_manifest(open_store(location), generation)


def check_parts(store: Store, manifest: Manifest, minute: int) -> None:
    """Raise DamagedError unless all parts are there in full size.

    The content is checked too, of a few parts only: other ones each minute.
    """
    sizes = store.sizes(manifest.generation)
    for name_of, parts in ((part_name, manifest.parts), (taste_name, manifest.taste_parts)):
        for shard, (size, _) in enumerate(parts):
            name = name_of(manifest.generation, shard)
            found = sizes.get(name.partition("/")[2])
            if found != size:
                raise DamagedError(f"{name} should have {size} bytes and has {found}.")
    for shard in range(minute, manifest.shards, max(60, manifest.shards // 8)):
        read_part(store, manifest, shard)
        if manifest.taste_parts:
            read_taste_part(store, manifest, shard)


def read_part(store: Store, manifest: Manifest, shard: int) -> bytes:
    """A part's content. Raises DamagedError when it is not what the job wrote."""
    return _read(store, part_name(manifest.generation, shard), *manifest.parts[shard])


def read_taste_part(store: Store, manifest: Manifest, shard: int) -> bytes:
    """The same of the lists of taste."""
    return _read(store, taste_name(manifest.generation, shard), *manifest.taste_parts[shard])


def _read(store: Store, name: str, size: int, checksum: int) -> bytes:
    try:
        data = store.read(name)
    except OSError as error:
        raise DamagedError(f"{name} cannot be read: {error}") from error
    if len(data) != size or zlib.crc32(data) != checksum:
        raise DamagedError(f"{name} is not what the job wrote.")
    return data


def read_neighbours(location: str, user_id: int) -> tuple[Manifest, list[tuple[int, float]]]:
    """One user's neighbours by stack with their scores, best first. Opens one part.

    Raises NoGenerationError or DamagedError.
    """

    def read(store: Store, manifest: Manifest) -> tuple[Manifest, list[tuple[int, float]]]:
        data = read_part(store, manifest, user_id % manifest.shards)
        return manifest, [(int(v), float(score)) for _, v, score in _fields(data, user_id)]

    return _from_active(location, read)


def read_tastes(location: str, user_id: int) -> list[tuple[int, float, float]]:
    """One user's neighbours by taste with taste and score, best first. Opens one part.

    Empty where the generation was written by the version before. Raises NoGenerationError or
    DamagedError.
    """

    def read(store: Store, manifest: Manifest) -> list[tuple[int, float, float]]:
        if not manifest.taste_parts:
            return []
        data = read_taste_part(store, manifest, user_id % manifest.shards)
        return [(int(v), float(t), float(s)) for _, v, t, s in _fields(data, user_id)]

    return _from_active(location, read)


def _from_active(location: str, read: Callable[[Store, Manifest], T]) -> T:
    """What is read from the active generation."""
    store = open_store(location)
    generation = current_generation(store)
    try:
        return read(store, cached_manifest(location, generation))
    except DamagedError:
        # The job may have switched and cleaned up since CURRENT was read.
        newer = current_generation(store)
        if newer == generation:
            raise
        return read(store, cached_manifest(location, newer))


def find_lines(data: bytes, user_id: int) -> tuple[int, int]:
    """Where a user's lines begin and end in a part; both its end where there are none.

    They stand together, and every line begins after a line end.
    """
    start = data.find(b"\n%d," % user_id) + 1
    if not start:
        return len(data), len(data)
    end = start
    while data.startswith(b"%d," % user_id, end):
        end = data.find(b"\n", end) + 1 or len(data)
    return start, end


def _fields(data: bytes, user_id: int) -> list[list[bytes]]:
    start, end = find_lines(data, user_id)
    return [line.split(b",") for line in data[start:end].splitlines()]


def publish(store: Store, manifest: Manifest) -> None:
    """Make a generation whose parts are written the active one. Raises OSError."""
    store.write(f"{manifest.generation}/{MANIFEST}", manifest.to_json())
    store.replace(CURRENT, manifest.generation.encode())


def note_checked(store: Store) -> None:
    """Remember that the active generation was found to be up to date now."""
    store.replace(CHECKED, timezone.now().isoformat().encode())


def clean_up(store: Store, keep: set[str]) -> int:
    """Remove all other generations, whole or not; return how many."""
    others = [name for name in store.generations() if name not in keep]
    for name in others:
        store.remove(name)
    return len(others)
