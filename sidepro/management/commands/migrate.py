"""`manage.py migrate`, one at a time, which never holds up the running site for long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Behind a migration that waits for a lock, every request to that table waits as well.
LOCK_TIMEOUT = "5s"
ATTEMPTS = 5
PAUSE = 5.0
# The advisory lock of a migration (any number that nothing else uses).
MIGRATING = 7_433_776


class Command(migrate.Command):
    """Django's own, one at a time, with a limit on waiting for locks, and further attempts."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; what an attempt, or another process, finished is not done again."""
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with self.alone(connection):
            for left in reversed(range(ATTEMPTS)):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
                try:
                    super().handle(*args, **options)
                except OperationalError as error:
                    if "lock timeout" not in str(error) or not left:
                        raise
                    self.stderr.write(f"A table is in use; {left} more attempts follow.")
                    time.sleep(PAUSE)
                else:
                    break
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

    @contextmanager
    def alone(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """Hold the lock; it goes with the connection, however this process ends.

        Asks again and again instead of waiting in the database: an index that is built
        concurrently waits for every statement that is running, and so for one that waits here.
        """
        waiting = False
        with connection.cursor() as cursor:
            while not self.taken(cursor):
                if not waiting:
                    self.stderr.write("Another process is migrating; waiting for it.")
                    waiting = True
                time.sleep(1)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])

    def taken(self, cursor: Any) -> bool:
        """Try to take the lock."""
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATING])
        (taken,) = cursor.fetchone()
        return bool(taken)
