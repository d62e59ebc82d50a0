"""Notifications: `python -m bench.notification [--rows 1000000] [--followers 100000]`.

Needs PostgreSQL. Gives one person so many notifications, each with an event, and another one ten,
and reads both first pages in turn, so that what else happens on the machine meets both alike.
Prints medians, the ratio, and the same with PostgreSQL's parallel workers allowed.

Then one author has so many followers, and another one none: prints what posting takes for both, in
turn, and for how long and with how much memory the job notifies the followers of one project.
"""

import argparse
import resource
import statistics
import time
from typing import TYPE_CHECKING

from bench.servers import fresh_database

if TYPE_CHECKING:
    from rest_framework.test import APIClient

    from user.models import User

FEW = 10
ROUNDS = 60
PAGE = 21


def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--followers", type=int, default=100_000)
    options = parser.parse_args()
    rows = options.rows
    with fresh_database("sidepro_bench_notification"):
        from django.db import connection

        few, many = fill(FEW), fill(rows)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE notification_notification, notification_event")
        compare("as the site runs", few, many)
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 2")
        compare("with parallel workers", few, many)
        follow(options.followers)


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


def follow(followers: int) -> None:
    """Post with so many followers and with none, notify them, and print what it took."""
    from django.conf import settings
    from django.db import connection
    from rest_framework.test import APIClient

    from notification.cron import announce_projects
    from notification.models import Announcement, Notification
    from user.models import User

    alone, followed = (
        User.objects.create_user(f"{name}@example.com", name, None)
        for name in ("alone", "followed")
    )
    with connection.cursor() as cursor:
        # In the database alone: the memory that is measured below is the job's.
        cursor.execute(
            """
            WITH made AS (
                INSERT INTO user_user (password, is_superuser, email, username, is_active, is_staff,
                                       joined_at)
                SELECT '', false, n || '@example.net', 'follower' || n, true, false, now()
                FROM generate_series(1, %(followers)s) AS n
                RETURNING id
            )
            INSERT INTO notification_follow (follower_id, person_id, created_at)
            SELECT id, %(followed)s, now() FROM made
            """,
            {"followers": followers, "followed": followed.pk},
        )
        cursor.execute("VACUUM ANALYZE user_user, notification_follow")
    client = APIClient(HTTP_HOST="127.0.0.1")
    times: dict[int, list[float]] = {alone.pk: [], followed.pk: []}
    for number in range(ROUNDS):
        for author in (alone, followed):
            times[author.pk].append(post(client, author, number))
    without, among = (statistics.median(times[author.pk]) * 1000 for author in (alone, followed))
    print(
        f"posting: {without:.2f} ms with none, {among:.2f} ms with {followers} followers: "
        f"{among / without:.2f} times"
    )
    last = Announcement.objects.filter(author=followed).latest("id")
    Announcement.objects.exclude(pk=last.pk).delete()
    settings.MAIL_ENABLED = True
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    announce_projects()
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    notified = Notification.objects.filter(kind="new_project").count()
    assert notified == followers
    print(f"job: {notified} followers in {seconds:.1f} s; {after:.0f} MB, {before:.0f} before it")


def post(client: "APIClient", author: "User", number: int) -> float:
    """Seconds that a request takes in which an author publishes a project."""
    from django.core.cache import cache

    cache.clear()  # as if a day had passed since the project before
    client.force_authenticate(author)
    started = time.perf_counter()
    answer = client.post("/api/v1/projects/", {"title": f"{author.username} {number}"}, "json")
    seconds = time.perf_counter() - started
    assert answer.status_code == 201, answer.data
    return seconds


if __name__ == "__main__":
    main()
