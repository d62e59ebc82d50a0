"""Writes of the coffee chat. Each that changes a room holds the lock on the room's row.

Nothing here speaks to sockets: callers relay what these functions return, after the commit.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chat.batch import MessageRow, insert_messages, lock_rooms, move_heads
from chat.models import Message, Room
from user.models import User


class TooManyRoomsError(Exception):
    """Somebody has asked for too many coffee chats in the last hour."""


@dataclass(frozen=True)
class NewMessage:
    """What a socket wants to say."""

    room_id: uuid.UUID
    sender_id: int
    client_id: uuid.UUID
    body: str


@dataclass(frozen=True)
class Stored:
    """A message that is in the database; `fresh`, with the room's members, when it is new."""

    seq: int
    created_at: datetime
    body: str
    fresh: bool
    members: tuple[int, ...] = ()


class ReadOnlyError(Exception):
    """One of the two has left, or the room is gone: nobody may write."""


def ask(asker: User, partner: User) -> tuple[Room, bool]:
    """The room of these two, made or returned to, and whether it is new.

    One room a pair, also when both ask at once: the database's constraint decides who made it.
    Raises TooManyRoomsError.
    """
    with transaction.atomic():
        room = Room.objects.between(asker, partner).select_for_update().first()
        if room is not None:
            _come_back(room, asker)
            return room, False
    _check_room_limit(asker)
    low, high = sorted((asker.pk, partner.pk))
    try:
        with transaction.atomic():
            return Room.objects.create(low_id=low, high_id=high, asked_by=asker), True
    except IntegrityError:
        return Room.objects.between(asker, partner).get(), False


def _come_back(room: Room, asker: User) -> None:
    """Whoever left and asks again is in the room again, with its history."""
    seat = room.seat_of(asker.pk)
    if getattr(room, f"{seat}_left"):
        setattr(room, f"{seat}_left", False)
        room.updated_at = timezone.now()
        room.save(update_fields=[f"{seat}_left", "updated_at"])


def _check_room_limit(asker: User) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    asked = Room.objects.filter(asked_by=asker, created_at__gt=an_hour_ago).count()
    if asked >= settings.CHAT_ROOMS_PER_HOUR:
        raise TooManyRoomsError


@transaction.atomic
def leave(room_id: uuid.UUID, user_id: int) -> bool:
    """Leave a room; True when that deleted it, because the other one had left before.

    Raises Room.DoesNotExist unless this person is in it.
    """
    room = Room.objects.of(user_id).select_for_update().get(pk=room_id)
    if room.abandoned:
        room.delete()
        return True
    seat = room.seat_of(user_id)
    setattr(room, f"{seat}_left", True)
    room.save(update_fields=[f"{seat}_left"])
    return False


@transaction.atomic
def leave_all(user_id: int) -> list[tuple[uuid.UUID, int]]:
    """Leave every room for good, because the account goes.

    Returns the rooms that remain, each with the person for whom it does.
    """
    rooms = Room.objects.filter(Q(low=user_id) | Q(high=user_id)).select_for_update()
    kept: list[tuple[uuid.UUID, int]] = []
    for room in rooms.order_by("pk"):
        other = "high" if room.seat_of(user_id) == "low" else "low"
        partner_id = getattr(room, f"{other}_id")
        if partner_id is not None and not getattr(room, f"{other}_left"):
            kept.append((room.pk, partner_id))
    remain = [pk for pk, _ in kept]
    Room.objects.filter(pk__in=remain, low=user_id).update(low_left=True)
    Room.objects.filter(pk__in=remain, high=user_id).update(high_left=True)
    rooms.exclude(pk__in=remain).delete()
    return kept


def store(messages: Sequence[NewMessage]) -> list[Stored | ReadOnlyError]:
    """Store messages of any number of rooms in one transaction; the answers in their order.

    The rooms' rows are locked in the order of their ids, so that two processes never wait for each
    other in a circle, and `seq` is given under the lock. A message that is there already, by its
    sender and `client_id`, is answered with what was stored the first time.
    """
    if not messages:
        return []
    try:
        return _store(messages, sent_again=False)
    except IntegrityError:  # somebody sends again: only then looking for it is worth a query
        return _store(messages, sent_again=True)


def _stored_before(
    messages: Sequence[NewMessage],
) -> dict[tuple[uuid.UUID, int | None, uuid.UUID], Stored]:
    rows = Message.objects.filter(
        room__in={message.room_id for message in messages},
        client_id__in={message.client_id for message in messages},
    )
    return {
        (row.room_id, row.sender_id, row.client_id): Stored(
            row.seq, row.created_at, row.body, fresh=False
        )
        for row in rows
    }


@transaction.atomic
def _store(messages: Sequence[NewMessage], *, sent_again: bool) -> list[Stored | ReadOnlyError]:
    """Raises IntegrityError where a message is there already, unless it was expected."""
    rooms = lock_rooms({message.room_id for message in messages})
    members = {
        room.pk: (room.low_id, room.high_id)
        for room in rooms
        if not (room.low_left or room.high_left or room.low_id is None or room.high_id is None)
    }
    heads = {room.pk: room.last_seq for room in rooms}
    refused = [m for m in messages if m.sender_id not in members.get(m.room_id, ())]
    known = _stored_before(messages if sent_again else refused)
    now = timezone.now()
    answers: list[Stored | ReadOnlyError] = []
    rows: list[MessageRow] = []
    for message in messages:
        room_id, sender_id = message.room_id, message.sender_id
        key = (room_id, sender_id, message.client_id)
        if key in known:
            answers.append(known[key])
            continue
        if sender_id not in members.get(room_id, ()):
            answers.append(ReadOnlyError())
            continue
        seq = heads[room_id] = heads[room_id] + 1
        known[key] = Stored(seq, now, message.body, fresh=False)
        answers.append(Stored(seq, now, message.body, fresh=True, members=members[room_id]))
        rows.append(MessageRow(room_id, seq, sender_id, message.client_id, message.body))
    if rows:
        insert_messages(rows, created_at=now)
        move_heads({row.room_id for row in rows}, updated_at=now)
    return answers


def mark_read(room_id: uuid.UUID, user_id: int, seq: int) -> int | None:
    """Move this person's read mark forward to `seq`, never beyond the newest message.

    Returns where it is now, or None when that changed nothing.
    """
    room = Room.objects.of(user_id).filter(pk=room_id).first()
    if room is None:
        return None
    seat = room.seat_of(user_id)
    seq = min(seq, room.last_seq)
    field = f"{seat}_read_seq"
    moved = Room.objects.filter(pk=room_id, **{f"{field}__lt": seq}).update(**{field: seq})
    return seq if moved else None
