"""The three statements that store messages, written by hand.

For a message in a quiet room the ORM takes longer to build them than PostgreSQL to run them: 2.7 ms
in all instead of 1.6 (`bench/message_sql.py`), and the sockets of a process store one after the
other. They are the same on SQLite, which locks the whole database instead of rows.
"""

# ruff: noqa: S608 - nothing but placeholders is put into the statements

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from chat.models import Message, Room

_ID: Any = UUIDField()
_ROOM_COLUMNS = ("id", "low_id", "high_id", "low_left", "high_left", "is_request", "last_seq")
# As `RoomQuerySet.with_availability()` says it.
_UNAVAILABLE = """
    EXISTS (SELECT 1 FROM user_user WHERE id IN (low_id, high_id) AND NOT is_active)
    OR EXISTS (SELECT 1 FROM moderation_block
               WHERE blocker_id = low_id AND blocked_id = high_id
                  OR blocker_id = high_id AND blocked_id = low_id)
"""


def lock_rooms(room_ids: Collection[UUID]) -> list[Room]:
    """Lock these rooms, in the order of their ids, and read what storing needs to know of them."""
    rows = _execute(
        f"SELECT {_UNAVAILABLE}, {', '.join(_ROOM_COLUMNS)} FROM chat_room"
        f" WHERE id IN ({_placeholders(room_ids)}) ORDER BY id"
        + (" FOR UPDATE" if connection.features.has_select_for_update else ""),
        map(_uuid, room_ids),
    )
    rooms = []
    for unavailable, pk, *rest in rows:
        room = Room.from_db(connection.alias, _ROOM_COLUMNS, (_ID.to_python(pk), *rest))
        room.unavailable = bool(unavailable)
        rooms.append(room)
    return rooms


def insert_messages(messages: Sequence[Message]) -> None:
    """Insert messages. Raises IntegrityError where one is there already."""
    _execute(
        "INSERT INTO chat_message (room_id, seq, sender_id, client_id, body, created_at) VALUES "
        + ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(messages)),
        (
            value
            for message in messages
            for value in (
                *(_uuid(message.room_id), message.seq, message.sender_id),
                *(_uuid(message.client_id), message.body),
                connection.ops.adapt_datetimefield_value(message.created_at),
            )
        ),
    )


def move_heads(room_ids: Collection[UUID], updated_at: datetime) -> None:
    """Let these locked rooms know their newest message."""
    _execute(
        "UPDATE chat_room SET updated_at = %s, last_seq ="
        " (SELECT max(seq) FROM chat_message WHERE room_id = chat_room.id)"
        f" WHERE id IN ({_placeholders(room_ids)})",
        [connection.ops.adapt_datetimefield_value(updated_at), *map(_uuid, room_ids)],
    )


def _execute(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return cursor.fetchall() if cursor.description else []


def _placeholders(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _uuid(value: UUID) -> Any:
    return _ID.get_db_prep_value(value, connection)
