"""A lock that two jobs cannot hold at once and that a killed job cannot keep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number will do, as long as nothing else in this database uses it.
ADVISORY_KEY = 0x51DE9A0


class BusyError(Exception):
    """Another job is at work."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock, or raise BusyError.

    A file lock keeps out the jobs of this machine, an advisory lock of PostgreSQL those of others.
    Both end with the process or connection that holds them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+b") as file:
        _lock_file(file.fileno())
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
            if not cursor.fetchone()[0]:
                raise BusyError
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])


def _lock_file(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise BusyError from error
