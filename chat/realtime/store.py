"""Where a message gets its `seq` and is stored, under the lock of its room."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from chat.models import Message, Room
from chat.realtime.store_sql import insert_new

Key = tuple[UUID, int | None, UUID]


@dataclass(frozen=True)
class Stored:
    """A message that is in the database, and its room's members; `fresh` when it is new."""

    message: Message
    fresh: bool
    members: tuple[int, ...] = ()


class ReadOnlyError(Exception):
    """No user may write in the room, or it is gone, or the sender is not in it."""


def store(messages: Sequence[Message]) -> list[Stored | ReadOnlyError]:
    """Store new messages of any number of rooms in one transaction; the answers in their order.

    The rooms' rows are locked in the order of their ids, so that two processes never wait for each
    other in a circle, and `seq` is given under the lock. A message that is there already, by its
    sender and `client_id`, is answered with what was stored the first time.
    """
    if not messages:
        return []
    if connection.vendor != "postgresql":
        return _store_any(messages)
    try:
        return _store_new(messages)
    except IntegrityError:  # a message is sent again: only then looking for it is worth a query
        return _store_any(messages)


def _store_new(messages: Sequence[Message]) -> list[Stored | ReadOnlyError]:
    """In one trip to the database. Raises IntegrityError where a message is there already."""
    now = timezone.now()
    rows = insert_new(messages, now)
    known = _stored_before([message for message in messages if _key(message) not in rows])
    answers: list[Stored | ReadOnlyError] = []
    for message in messages:
        key = _key(message)
        if key in rows:
            message.seq, message.created_at = rows[key].seq, now
            answers.append(Stored(message, fresh=True, members=rows[key].members))
        elif key in known:
            answers.append(Stored(known[key], fresh=False))
        else:
            answers.append(ReadOnlyError())
    return answers


@transaction.atomic
def _store_any(messages: Sequence[Message]) -> list[Stored | ReadOnlyError]:
    """The same where some may be there already, and on SQLite, which locks the whole database."""
    room_ids = {message.room_id for message in messages}
    locked = Room.objects.with_availability().filter(pk__in=room_ids).order_by("pk")
    rooms = {room.pk: room for room in locked.select_for_update()}
    writers = {room.pk: room.members for room in rooms.values() if not room.read_only}
    known = _stored_before(messages)
    now = timezone.now()
    answers: list[Stored | ReadOnlyError] = []
    fresh: list[Message] = []
    for message in messages:
        key = _key(message)
        if key in known:
            answers.append(Stored(known[key], fresh=False))
        elif message.sender_id not in writers.get(message.room_id, ()):
            answers.append(ReadOnlyError())
        else:
            room = rooms[message.room_id]
            room.last_seq += 1
            message.seq, message.created_at = room.last_seq, now
            known[key] = message
            fresh.append(message)
            answers.append(Stored(message, fresh=True, members=writers[room.pk]))
    if fresh:
        Message.objects.bulk_create(fresh)
        newest = Message.objects.filter(room=OuterRef("pk")).order_by("-seq").values("seq")[:1]
        Room.objects.filter(pk__in={message.room_id for message in fresh}).update(
            last_seq=Subquery(newest), updated_at=now
        )
    return answers


def _stored_before(messages: Sequence[Message]) -> dict[Key, Message]:
    """Those of these messages that are there already."""
    if not messages:
        return {}
    rows = Message.objects.filter(
        room__in={message.room_id for message in messages},
        client_id__in={message.client_id for message in messages},
    )
    return {_key(row): row for row in rows}


def _key(message: Message) -> Key:
    return message.room_id, message.sender_id, message.client_id
