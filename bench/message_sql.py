"""What the hand-written statements of `chat.realtime.store_sql` buy: `python -m bench.message_sql`.

Stores lone messages in this process, by those statements and by the ORM in turn, in the same run.
"""

import statistics
import time
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from unittest.mock import patch
from uuid import UUID

from bench.servers import fresh_database

ROUNDS = 10
MESSAGES = 50


def main() -> None:
    """Print the median time of a lone message, both ways."""
    with fresh_database("sidepro_bench_message"):
        from django.db.models import OuterRef, Subquery

        from chat.models import Message, Room
        from chat.realtime import store
        from user.models import User

        def lock_rooms(room_ids: Collection[UUID]) -> list[Room]:
            return list(
                Room.objects.with_availability()
                .filter(pk__in=room_ids)
                .order_by("pk")
                .select_for_update()
            )

        def insert_messages(messages: Sequence[Message]) -> None:
            Message.objects.bulk_create(messages)

        def move_heads(room_ids: Collection[UUID], updated_at: datetime) -> None:
            newest = Message.objects.filter(room=OuterRef("pk")).order_by("-seq").values("seq")[:1]
            Room.objects.filter(pk__in=room_ids).update(
                last_seq=Subquery(newest), updated_at=updated_at
            )

        people = [
            User.objects.create_user(f"{name}@bench.invalid", name, None) for name in ("하나", "둘")
        ]
        room = Room.objects.create(low=people[0], high=people[1])

        def lone_message() -> float:
            message = Message(room_id=room.pk, sender=people[0], client_id=uuid.uuid4(), body="x")
            started = time.perf_counter()
            store.store([message])
            return time.perf_counter() - started

        times: dict[str, list[float]] = {"statements": [], "ORM": []}
        for _ in range(ROUNDS):
            times["statements"] += [lone_message() for _ in range(MESSAGES)]
            with patch.multiple(
                store, lock_rooms=lock_rooms, insert_messages=insert_messages, move_heads=move_heads
            ):
                times["ORM"] += [lone_message() for _ in range(MESSAGES)]
    for name, seconds in times.items():
        print(f"{name:12}{statistics.median(seconds) * 1000:8.2f} ms a lone message")


if __name__ == "__main__":
    main()
