"""What sockets ask the database: small islands that return plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.db.models import Sum

from chat.constants import HISTORY_PAGE
from chat.models import Message, Room
from chat.realtime import presence
from chat.serializers import RoomSerializer, attach_last_messages, message_data
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


def _state(room_id: UUID, user_id: int) -> RoomState | None:
    rooms = Room.objects.of(user_id).select_related("low", "high")
    room = rooms.filter(pk=room_id).first()
    if room is None:
        return None
    present = {user for _, user in presence.present([room_id])}
    partner = room.partner_of(user_id)
    return RoomState(
        last_seq=room.last_seq,
        status=room.status(live=bool(present)),
        writable=not room.read_only,
        names={person.pk: person.username for person in (room.low, room.high) if person},
        partner_id=partner.pk if partner else None,
        partner_online=bool(partner and partner.pk in present),
    )


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
    rooms = list(Room.objects.for_list(user).filter(pk__in=room_ids))
    attach_last_messages(rooms)
    return [dict(room) for room in RoomSerializer(rooms, many=True, context={"user": user}).data]


@database_sync_to_async
def unread_total(user_id: int) -> int:
    """How many messages in all rooms this person has not read."""
    rooms = Room.objects.of(user_id).with_unread(user_id)
    return int(rooms.aggregate(total=Sum("unread_count"))["total"] or 0)
