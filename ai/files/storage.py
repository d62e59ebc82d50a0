"""Where the similarity files lie: a local folder or a prefix in an S3 bucket."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Files addressed by names such as ``CURRENT`` and ``<generation>/part-00042.csv``."""

    # How many threads should write at once; 0 is as many as there are processors.
    writers: int

    def read(self, name: str) -> bytes:
        """The whole file. Raises OSError, FileNotFoundError when there is none."""

    def write(self, name: str, data: bytes | memoryview) -> None:
        """Write a file that has no readers yet."""

    def replace(self, name: str, data: bytes) -> None:
        """Write a file so that readers see either the old or the new one."""

    def copy(self, source: str, target: str) -> None:
        """Give a file a second name, without moving its bytes about where possible."""

    def sizes(self, generation: str) -> dict[str, int]:
        """The files of a generation with their sizes."""

    def generations(self) -> list[str]:
        """All generations, whole or not."""

    def remove(self, generation: str) -> None:
        """Delete a generation."""


class LocalStore:
    """A folder."""

    writers = 0

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes:
        """The whole file."""
        return (self.root / name).read_bytes()

    def write(self, name: str, data: bytes | memoryview) -> None:
        """Write a file, making its folder first."""
        path = self.root / name
        try:
            path.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def replace(self, name: str, data: bytes) -> None:
        """Write alongside the file, then rename over it."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def copy(self, source: str, target: str) -> None:
        """Link the file; copy it where the file system has no links."""
        path = self.root / target
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.root / source, path)
        except FileExistsError:
            raise
        except OSError:
            shutil.copyfile(self.root / source, path)

    def sizes(self, generation: str) -> dict[str, int]:
        """The files of a generation with their sizes."""
        with suppress(FileNotFoundError), os.scandir(self.root / generation) as entries:
            return {entry.name: entry.stat().st_size for entry in entries}
        return {}

    def generations(self) -> list[str]:
        """The folders whose names are generations'."""
        with suppress(FileNotFoundError):
            return [path.name for path in self.root.iterdir() if path.name.startswith("g")]
        return []

    def remove(self, generation: str) -> None:
        """Delete the folder."""
        shutil.rmtree(self.root / generation, ignore_errors=True)


def open_store(location: str) -> Store:
    """The store at a path or ``s3://bucket/prefix``."""
    if location.startswith("s3://"):
        from ai.files.s3 import S3Store

        return S3Store(location)
    return LocalStore(Path(location))
