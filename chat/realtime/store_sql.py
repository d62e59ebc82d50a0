"""The statement that stores new messages on PostgreSQL, written by hand.

The ORM needs six trips to the database (begin, lock, look, insert, move the heads, commit), and on
a busy machine it is these that a lone message waits for (`bench/message_sql.py`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from chat.models import Message

# `may_write` is the opposite of `Room.read_only`. The rooms are locked in the order of their ids,
# and what is read of them is what stands there once the lock is had.
_STORE = """
WITH room AS MATERIALIZED (
    SELECT id, low_id, high_id, last_seq,
        NOT (is_request OR low_left OR high_left OR low_id IS NULL OR high_id IS NULL
            OR EXISTS (SELECT FROM user_user WHERE id IN (low_id, high_id) AND NOT is_active)
            OR EXISTS (SELECT FROM moderation_block
                WHERE blocker_id = low_id AND blocked_id = high_id
                    OR blocker_id = high_id AND blocked_id = low_id)) AS may_write
    FROM chat_room WHERE id IN ({room_ids}) ORDER BY id FOR UPDATE
), sent (place, room_id, sender_id, client_id, body) AS (
    VALUES {messages}
), stored AS (
    INSERT INTO chat_message (room_id, seq, sender_id, client_id, body, created_at)
    SELECT room.id, last_seq + row_number() OVER (PARTITION BY room.id ORDER BY place),
        sender_id, client_id, body, %s
    FROM sent JOIN room ON room.id = room_id AND may_write AND sender_id IN (low_id, high_id)
    RETURNING room_id, seq, sender_id, client_id
), moved AS (
    UPDATE chat_room SET last_seq = newest.seq, updated_at = %s
    FROM (SELECT room_id, max(seq) AS seq FROM stored GROUP BY room_id) AS newest
    WHERE chat_room.id = newest.room_id
)
SELECT room_id, sender_id, client_id, seq, low_id, high_id
FROM stored JOIN room ON room.id = room_id
"""


class NewRow(NamedTuple):
    """What a message that was stored got, and who is in its room."""

    seq: int
    members: tuple[int, int]


def insert_new(
    messages: Sequence[Message], created_at: datetime
) -> dict[tuple[UUID, int | None, UUID], NewRow]:
    """Store those of these messages that may be written, by room, sender and `client_id`.

    One statement, and so all or none. Raises IntegrityError where one is there already.
    """
    room_ids = {message.room_id for message in messages}
    sql = _STORE.format(
        room_ids=", ".join(["%s"] * len(room_ids)),
        messages=", ".join(["(%s, %s::uuid, %s, %s::uuid, %s)"] * len(messages)),
    )
    sent = [
        value
        for place, message in enumerate(messages)
        for value in (
            *(place, message.room_id, message.sender_id),
            *(message.client_id, message.body),
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*room_ids, *sent, created_at, created_at])
        return {
            (room_id, sender_id, client_id): NewRow(seq, (low_id, high_id))
            for room_id, sender_id, client_id, seq, low_id, high_id in cursor.fetchall()
        }
