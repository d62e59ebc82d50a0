"""`manage.py migrate`, which never holds up the running site for long."""

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connections

# Behind a migration that waits for a lock, every request to that table waits as well.
LOCK_TIMEOUT = "5s"
ATTEMPTS = 5
PAUSE = 5.0


class Command(migrate.Command):
    """Django's own, with a limit on waiting for locks, and further attempts."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; what an attempt finished is not done again by the next."""
        connection = connections[options["database"]]
        for left in reversed(range(ATTEMPTS)):
            if connection.vendor == "postgresql":
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
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
