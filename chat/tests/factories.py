"""Makes rooms with messages for tests."""

import uuid

from chat.models import Message, Room
from chat.realtime.store import store
from chat.services import ask
from user.models import User


def new_message(room: Room, sender: User, body: str = "x") -> Message:
    """A message that is not stored yet."""
    return Message(room_id=room.pk, sender=sender, client_id=uuid.uuid4(), body=body)


def make_room(one: User, other: User, messages: int = 0) -> Room:
    """A room of two with so many messages, the two speaking in turn."""
    room, _ = ask(one, other)
    store([new_message(room, (one, other)[n % 2], f"메시지 {n + 1}") for n in range(messages)])
    room.refresh_from_db()
    return room
