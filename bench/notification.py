"""The list of notifications: `python -m bench.notification [--rows 1000000]`.

Needs PostgreSQL. Gives one person so many notifications, each with an event, and another one ten,
and reads both first pages in turn, so that what else happens on the machine meets both alike.
Prints medians, the ratio, and the same with PostgreSQL's parallel workers allowed.
"""

import argparse
import statistics
import time
from typing import TYPE_CHECKING

from bench.servers import fresh_database

if TYPE_CHECKING:
    from user.models import User

FEW = 10
ROUNDS = 60
PAGE = 21


def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with fresh_database("sidepro_bench_notification"):
        from django.db import connection

        few, many = fill(FEW), fill(rows)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE notification_notification, notification_event")
        compare("as the site runs", few, many)
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 2")
        compare("with parallel workers", few, many)


def fill(rows: int) -> "User":
    """A person with so many notifications, one of ten unread."""
    from django.db import connection

    from user.models import User

    person = User.objects.create_user(f"{rows}@example.com", f"person{rows}", None)
    actor = User.objects.create_user(f"{rows}@example.org", f"actor{rows}", None)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH made AS (
                INSERT INTO notification_notification
                    (recipient_id, kind, target, title, is_listed, created_at, updated_at, read_at)
                SELECT %(person)s, 'comment', 'project:' || n, 'title', true, at, at,
                    CASE WHEN n %% 10 > 0 THEN at END
                FROM generate_series(1, %(rows)s) AS n,
                    LATERAL (SELECT now() - n * interval '1 second' AS at) AS times
                RETURNING id
            )
            INSERT INTO notification_event
                (notification_id, recipient_id, actor_id, source, text, created_at)
            SELECT id, %(person)s, %(actor)s, 'comment:' || id, 'text', now() FROM made
            """,
            {"person": person.pk, "actor": actor.pk, "rows": rows},
        )
    return person


def compare(name: str, few: "User", many: "User") -> None:
    """Read both first pages in turn and print what they took."""
    times: dict[int, list[float]] = {few.pk: [], many.pk: []}
    for _ in range(ROUNDS):
        for person in (few, many):
            times[person.pk].append(read(person))
    small, large = (statistics.median(times[person.pk]) * 1000 for person in (few, many))
    print(f"{name}: {small:.2f} ms for {FEW}, {large:.2f} ms for all: {large / small:.2f} times")


def read(person: "User") -> float:
    """Seconds that a first page takes."""
    from notification.models import Notification

    started = time.perf_counter()
    rows = list(Notification.objects.for_list(person).order_by("-updated_at", "-id")[:PAGE])
    seconds = time.perf_counter() - started
    assert len(rows) in {FEW, PAGE}
    return seconds


if __name__ == "__main__":
    main()
