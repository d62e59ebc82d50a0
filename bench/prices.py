"""What each piece of cleverness on the board's page buys: `python -m bench.prices`.

Needs PostgreSQL. Answers the board's first page in this process, again and again, once with the
page as it is and once for each trick with the plain way in its place, in turn, so that whatever
else happens on the machine meets all of them alike. Prints milliseconds of processor time a page.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from bench.board import BOARD, fill

PROJECTS = 10_000
ROUNDS, PAGES = 30, 20


def milliseconds(ask: Callable[[], Any]) -> float:
    """Processor time of one page, from a few in a row."""
    started = time.process_time()
    for _ in range(PAGES):
        ask()
    return (time.process_time() - started) / PAGES * 1000


@contextmanager
def plain(what: str) -> Iterator[None]:
    """The board with one trick replaced by the plain way."""
    from django.db.models import Subquery
    from rest_framework.serializers import ModelSerializer

    from project import serializers
    from project.models import expressions
    from project.models import project as models
    from user.images import storage

    patches: dict[str, list[Any]] = {
        "as it is": [],
        "querysets built for each request": [
            patch.object(models, name, getattr(models, name).__wrapped__)
            for name in ("cards", "skill_names", "comment_count")
        ],
        "SQL of subqueries written each time": [
            patch.object(expressions.FixedSubquery, "as_sql", Subquery.as_sql)
        ],
        "cards written field by field": [
            patch.object(
                serializers.ProjectCardSerializer,
                "to_representation",
                ModelSerializer.to_representation,
            )
        ],
        "addresses of pictures made each time": [
            patch.object(serializers, "image_url", storage.image_url.__wrapped__)
        ],
    }
    for each in patches[what]:
        each.start()
    try:
        yield
    finally:
        for each in patches[what]:
            each.stop()


WAYS = [
    "as it is",
    "querysets built for each request",
    "SQL of subqueries written each time",
    "cards written field by field",
    "addresses of pictures made each time",
]


def main() -> None:
    """Print the table."""
    os.environ |= {"DATABASE_URL": fill(PROJECTS), "DJANGO_SETTINGS_MODULE": "sidepro.settings"}
    os.environ |= {
        "LOG_LEVEL": "ERROR",
        "ALLOWED_HOSTS": "testserver",
        "CONN_MAX_AGE": "60",
    }
    import django

    django.setup()
    from rest_framework.test import APIClient

    client = APIClient()
    answers = []
    for way in WAYS:
        with plain(way):
            answers.append(client.get(BOARD).json())
    assert all(answer == answers[0] for answer in answers), "the ways give different pages"
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way in WAYS:
            with plain(way):
                times[way].append(milliseconds(lambda: client.get(BOARD)))
    print(f"{'':40}{'ms a page':>10}{'× as it is':>12}")
    for way, samples in times.items():
        ratio = statistics.median(a / b for a, b in zip(samples, times["as it is"], strict=True))
        print(f"{way:40}{statistics.median(samples):10.2f}{ratio:12.2f}")


if __name__ == "__main__":
    main()
