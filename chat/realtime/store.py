"""Where a message gets its `seq` and is stored, under the lock of its room."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from chat.models import Message
from chat.realtime.store_sql import insert_messages, lock_rooms, move_heads

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
    try:
        return _store(messages, sent_again=False)
    except IntegrityError:  # a message is sent again: only then looking for it is worth a query
        return _store(messages, sent_again=True)


@transaction.atomic
def _store(messages: Sequence[Message], *, sent_again: bool) -> list[Stored | ReadOnlyError]:
    """Raises IntegrityError where a message is there already, unless it was expected."""
    rooms = {room.pk: room for room in lock_rooms({message.room_id for message in messages})}
    writers = {room.pk: room.members for room in rooms.values() if not room.read_only}
    refused = [m for m in messages if m.sender_id not in writers.get(m.room_id, ())]
    known = _stored_before(messages if sent_again else refused)
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
        insert_messages(fresh)
        move_heads({message.room_id for message in fresh}, updated_at=now)
    return answers


def _stored_before(messages: Sequence[Message]) -> dict[Key, Message]:
    rows = Message.objects.filter(
        room__in={message.room_id for message in messages},
        client_id__in={message.client_id for message in messages},
    )
    return {_key(row): row for row in rows}


def _key(message: Message) -> Key:
    return message.room_id, message.sender_id, message.client_id
