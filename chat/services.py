"""Writes of the coffee chat. Each that changes a room holds the lock on the room's row.

Each also notifies those who see the change, after its commit. Messages are stored, and relayed,
by `chat.realtime`.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chat.models import Room
from chat.realtime import groups
from user.models import User


class TooManyRoomsError(Exception):
    """The user has asked for too many coffee chats in the last hour."""


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
            room = Room.objects.create(low_id=low, high_id=high, asked_by=asker)
            groups.room_changed(room.pk, room.members)
            return room, True
    except IntegrityError:
        return Room.objects.between(asker, partner).get(), False


def _come_back(room: Room, asker: User) -> None:
    """A member who left and asks again is in the room again, with its history."""
    seat = room.seat_of(asker.pk)
    if getattr(room, f"{seat}_left"):
        setattr(room, f"{seat}_left", False)
        room.updated_at = timezone.now()
        room.save(update_fields=[f"{seat}_left", "updated_at"])
        groups.room_changed(room.pk, room.members)


def _check_room_limit(asker: User) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    asked = Room.objects.filter(asked_by=asker, created_at__gt=an_hour_ago).count()
    if asked >= settings.CHAT_ROOMS_PER_HOUR:
        raise TooManyRoomsError


@transaction.atomic
def leave(room_id: UUID, user_id: int) -> bool:
    """Leave a room; True when that deleted it, because the other one had left before.

    Raises Room.DoesNotExist unless this person is in it.
    """
    room = Room.objects.of(user_id).select_for_update().get(pk=room_id)
    groups.room_changed(room_id, room.members)
    if room.read_only:
        room.delete()
        return True
    seat = room.seat_of(user_id)
    setattr(room, f"{seat}_left", True)
    room.save(update_fields=[f"{seat}_left"])
    return False


@transaction.atomic
def leave_all(user_id: int) -> None:
    """Leave every room for good, because the account goes. Partners keep theirs, read-only."""
    rooms = Room.objects.filter(Q(low=user_id) | Q(high=user_id)).select_for_update()
    kept: list[UUID] = []
    for room in rooms.order_by("pk"):
        other = "high" if room.seat_of(user_id) == "low" else "low"
        partner_id = getattr(room, f"{other}_id")
        if partner_id is not None and not getattr(room, f"{other}_left"):
            kept.append(room.pk)
            groups.room_changed(room.pk, [partner_id])
    Room.objects.filter(pk__in=kept, low=user_id).update(low_left=True)
    Room.objects.filter(pk__in=kept, high=user_id).update(high_left=True)
    rooms.exclude(pk__in=kept).delete()


@transaction.atomic
def mark_read(room_id: UUID, user_id: int, seq: int) -> None:
    """Move this person's read mark forward to `seq`, never back nor beyond the newest message."""
    room = Room.objects.of(user_id).filter(pk=room_id).first()
    if room is None:
        return
    seat = room.seat_of(user_id)
    seq = min(seq, room.last_seq)
    field = f"{seat}_read_seq"
    if Room.objects.filter(pk=room_id, **{f"{field}__lt": seq}).update(**{field: seq}):
        groups.room_read(room_id, user_id, seq)
