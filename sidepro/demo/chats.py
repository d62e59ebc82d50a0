"""The demo person's coffee chats: some read, some not, one that the partner has left."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from django.utils import timezone

from chat.models import Message, Room
from sidepro.demo import texts
from user.models import User

# How many of the newest messages are unread, room by room.
UNREAD = (1, 0, 1, 1, 0)
LEFT = 4  # the room whose partner has left


def add_chats(person: User, others: Sequence[User]) -> None:
    """Give this person one room for each conversation, unless they have any room."""
    if Room.objects.of(person.pk).exists():
        return
    rng = Random("chats")
    conversations = texts.conversations()
    partners = rng.sample(list(others), len(conversations))
    messages = []
    for number, (lines, partner) in enumerate(zip(conversations, partners, strict=True)):
        now = timezone.now() - timedelta(hours=20 * number + rng.uniform(0.2, 3))
        low, high = sorted((person, partner), key=lambda user: user.pk)
        mine = "low" if person == low else "high"
        theirs = "high" if person == low else "low"
        room = Room(
            low=low,
            high=high,
            last_seq=len(lines),
            created_at=now - timedelta(minutes=7 * len(lines)),
            updated_at=now,
        )
        setattr(room, f"{mine}_read_seq", len(lines) - UNREAD[number])
        setattr(room, f"{theirs}_read_seq", len(lines))
        setattr(room, f"{theirs}_left", number == LEFT)
        # The one who asked speaks first; unread is only what the partner said last.
        partner_ends = UNREAD[number] > 0
        person_asked = lines[-1].by_asker is not partner_ends
        room.asked_by = person if person_asked else partner
        room.save()
        messages += [
            Message(
                room=room,
                seq=seq,
                sender=person if line.by_asker is person_asked else partner,
                client_id=uuid.uuid4(),
                body=line.text,
                created_at=now - timedelta(minutes=6 * (len(lines) - seq)),
            )
            for seq, line in enumerate(lines, 1)
        ]
    Message.objects.bulk_create(messages)
