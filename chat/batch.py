"""The three statements that store a batch of messages, written by hand.

For a message in a quiet room the ORM takes longer to build them than PostgreSQL to run them
(`bench/chat.py`). They are the same on SQLite, which locks the whole database instead of rows.
"""

# ruff: noqa: S608 - nothing but placeholders is put into the statements

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

_ID: Any = UUIDField()


class RoomRow(NamedTuple):
    """What storing needs to know of a room."""

    pk: UUID
    low_id: int | None
    high_id: int | None
    low_left: bool
    high_left: bool
    last_seq: int


class MessageRow(NamedTuple):
    """A new message."""

    room_id: UUID
    seq: int
    sender_id: int
    client_id: UUID
    body: str


def lock_rooms(room_ids: Collection[UUID]) -> list[RoomRow]:
    """Lock these rooms, in the order of their ids, and read them."""
    rows = _execute(
        "SELECT id, low_id, high_id, low_left, high_left, last_seq FROM chat_room"
        f" WHERE id IN ({_marks(room_ids)}) ORDER BY id"
        + (" FOR UPDATE" if connection.features.has_select_for_update else ""),
        map(_uuid, room_ids),
    )
    return [RoomRow(_ID.to_python(pk), *rest) for pk, *rest in rows]


def insert_messages(rows: Sequence[MessageRow], created_at: datetime) -> None:
    """Insert messages. Raises IntegrityError where one is there already."""
    now = connection.ops.adapt_datetimefield_value(created_at)
    _execute(
        "INSERT INTO chat_message (room_id, seq, sender_id, client_id, body, created_at) VALUES "
        + ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows)),
        (
            value
            for row in rows
            for value in (
                *(_uuid(row.room_id), row.seq, row.sender_id),
                *(_uuid(row.client_id), row.body, now),
            )
        ),
    )


def move_heads(room_ids: Collection[UUID], updated_at: datetime) -> None:
    """Let these locked rooms know their newest message."""
    _execute(
        "UPDATE chat_room SET updated_at = %s, last_seq ="
        " (SELECT max(seq) FROM chat_message WHERE room_id = chat_room.id)"
        f" WHERE id IN ({_marks(room_ids)})",
        [connection.ops.adapt_datetimefield_value(updated_at), *map(_uuid, room_ids)],
    )


def _execute(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return cursor.fetchall() if cursor.description else []


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _uuid(value: UUID) -> Any:
    return _ID.get_db_prep_value(value, connection)
