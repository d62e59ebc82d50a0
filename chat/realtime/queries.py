"""What sockets ask the database: small islands that return plain values."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.db.models import Exists, OuterRef, Sum

from chat.constants import HISTORY_PAGE
from chat.models import Message, Room
from chat.realtime import presence
from chat.serializers import RoomSerializer, attach_last_messages, message_data
from moderation.models import Block
from user.models import User


@dataclass(frozen=True)
class RoomState:
    """A room as one of its members finds it."""

    last_seq: int
    status: str
    writable: bool
    names: dict[int, str]
    partner_id: int | None
    partner_online: bool


def room_state(room: Room, user_id: int, present: Container[tuple[UUID, int]]) -> RoomState:
    """How a room, as `rooms_of_sockets` reads it, stands for one of its members."""
    partner = room.partner_of(user_id)
    writable = not room.read_only
    return RoomState(
        last_seq=room.last_seq,
        status=room.status,
        writable=writable,
        names={person.pk: person.username for person in (room.low, room.high) if person},
        partner_id=partner.pk if partner else None,
        partner_online=bool(writable and partner and (room.pk, partner.pk) in present),
    )


def rooms_of_sockets(room_ids: Iterable[UUID]) -> dict[UUID, Room]:
    """These rooms, as far as they are still there, with what `room_state` and `is_in` need."""
    low, high = OuterRef("low"), OuterRef("high")
    rooms = Room.objects.with_status().annotate(
        low_blocks=Exists(Block.objects.filter(blocker=low, blocked=high)),
        high_blocks=Exists(Block.objects.filter(blocker=high, blocked=low)),
    )
    return {room.pk: room for room in rooms.select_related("low", "high").filter(pk__in=room_ids)}


def is_in(room: Room, user_id: int) -> bool:
    """Whether a room of `rooms_of_sockets` is still this person's, as `RoomQuerySet.of` has it."""
    if user_id not in room.members:
        return False
    return not (room.has_left(user_id) or getattr(room, f"{room.seat_of(user_id)}_blocks"))


def _state(room_id: UUID, user_id: int) -> RoomState | None:
    rooms = Room.objects.of(user_id).with_status().select_related("low", "high")
    room = rooms.filter(pk=room_id).first()
    if room is None:
        return None
    return room_state(room, user_id, presence.present([room_id]))


@database_sync_to_async
def enter(socket_id: UUID, room_id: UUID, user_id: int) -> RoomState | None:
    """Take a lease in a room; None, and no lease, when it is not this person's.

    Raises TooManySocketsError.
    """
    if not Room.objects.of(user_id).filter(pk=room_id).exists():
        return None
    presence.take(socket_id, user_id, room_id)
    return _state(room_id, user_id)


@database_sync_to_async
def state(room_id: UUID, user_id: int) -> RoomState | None:
    """How the room stands; None when it is not this person's (any more)."""
    return _state(room_id, user_id)


@database_sync_to_async
def is_present(room_id: UUID, user_id: int) -> bool:
    """Whether this person has another socket open in the room."""
    return (room_id, user_id) in presence.present([room_id])


@database_sync_to_async
def messages_after(room_id: UUID, seq: int) -> list[dict[str, Any]]:
    """The next page of messages after `seq`, in order, as `MessageSerializer` shows them."""
    rows = Message.objects.filter(room=room_id, seq__gt=seq).select_related("sender")
    return [message_data(row) for row in rows.order_by("seq")[:HISTORY_PAGE]]


@database_sync_to_async
def rooms_for(room_ids: Iterable[UUID], user_id: int) -> list[dict[str, Any]]:
    """Rooms as the list of rooms shows them to this person; those that are not theirs are not."""
    user = User.objects.get(pk=user_id)
    rooms = list(Room.objects.for_viewer(user).filter(pk__in=room_ids))
    attach_last_messages(rooms)
    return [dict(room) for room in RoomSerializer(rooms, many=True, context={"user": user}).data]


@dataclass(frozen=True)
class Unread:
    """What waits for a person: unread messages and requests together, and the requests alone."""

    total: int
    requests: int


@database_sync_to_async
def unread(user_id: int) -> Unread:
    """What waits for this person; a request counts as one, whatever it says."""
    rooms = Room.objects.of(user_id)
    conversations = rooms.filter(is_request=False).with_unread(user_id)
    messages = conversations.aggregate(total=Sum("unread_count"))["total"] or 0
    requests = rooms.asked_of(user_id).count()
    return Unread(total=int(messages) + requests, requests=requests)
