"""Makes rooms with messages for tests."""

import uuid

from chat.models import Message, Room
from chat.realtime.store import store
from user.models import User


def new_message(room: Room, sender: User, body: str = "x") -> Message:
    """A message that is not stored yet."""
    return Message(room_id=room.pk, sender=sender, client_id=uuid.uuid4(), body=body)


def make_room(one: User, other: User, messages: int = 0) -> Room:
    """An accepted room of two with so many messages, the two speaking in turn."""
    low, high = sorted((one.pk, other.pk))
    room, _ = Room.objects.get_or_create(low_id=low, high_id=high, defaults={"asked_by": one})
    store([new_message(room, (one, other)[n % 2], f"메시지 {n + 1}") for n in range(messages)])
    room.refresh_from_db()
    return room
