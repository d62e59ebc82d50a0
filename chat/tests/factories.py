"""Makes rooms with messages for tests."""

import uuid

from chat.models import Room
from chat.services import NewMessage, ask, store
from user.models import User


def make_room(one: User, other: User, messages: int = 0) -> Room:
    """A room of two with so many messages, the two speaking in turn."""
    room, _ = ask(one, other)
    store(
        [
            NewMessage(room.pk, (one, other)[n % 2].pk, uuid.uuid4(), f"메시지 {n + 1}")
            for n in range(messages)
        ]
    )
    room.refresh_from_db()
    return room
