"""What the hand-written statement of `chat.realtime.store_sql` buys: `python -m bench.message_sql`.

Stores lone messages in this process, by it and by the ORM in turn, in the same run.
"""

import statistics
import time
import uuid
from unittest.mock import patch

from django.db import IntegrityError

from bench.servers import fresh_database

ROUNDS = 10
MESSAGES = 50


def main() -> None:
    """Print the median and the 99th percentile of a lone message's time, both ways."""
    with fresh_database("sidepro_bench_message"):
        from chat.models import Message, Room
        from chat.realtime import store
        from user.models import User

        people = [
            User.objects.create_user(f"{name}@bench.invalid", name, None) for name in ("하나", "둘")
        ]
        room = Room.objects.create(low=people[0], high=people[1])

        def lone_message() -> float:
            message = Message(room_id=room.pk, sender=people[0], client_id=uuid.uuid4(), body="x")
            started = time.perf_counter()
            store.store([message])
            return time.perf_counter() - started

        times: dict[str, list[float]] = {"statement": [], "ORM": []}
        for _ in range(ROUNDS):
            times["statement"] += [lone_message() for _ in range(MESSAGES)]
            with patch.object(store, "insert_new", side_effect=IntegrityError):
                times["ORM"] += [lone_message() for _ in range(MESSAGES)]
    for name, seconds in times.items():
        p99 = statistics.quantiles(seconds, n=100)[98]
        print(f"{name:12}{statistics.median(seconds) * 1000:8.2f} ms a lone message", end="")
        print(f", p99 {p99 * 1000:.2f} ms")


if __name__ == "__main__":
    main()
