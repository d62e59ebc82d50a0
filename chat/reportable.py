"""Messages as something that can be reported, by the two who can read them."""

from uuid import UUID

from django.urls import reverse

from chat.models import Message, Room
from moderation.constants import Kind
from moderation.targets import Kept, Target, TargetKind
from user.models import User

# How many messages before and after a reported one are kept with it.
KEPT_AROUND = 5


def find(reporter: User, message_id: str) -> Target | None:
    """A message (`{room}:{seq}`) of a room that the reporter is in, with those around it.

    A person who blocked the other one first may still report.
    """
    room_id, _, number = message_id.rpartition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        room = Room.objects.not_left_by(reporter.pk).filter(pk=UUID(room_id)).first()
    except ValueError:
        return None
    if room is None:
        return None
    seq = int(number)
    around = (
        Message.objects.filter(room=room, seq__range=(seq - KEPT_AROUND, seq + KEPT_AROUND))
        .select_related("sender")
        .order_by("seq")
    )
    messages = list(around)
    reported = next((message for message in messages if message.seq == seq), None)
    if reported is None:
        return None
    return Target(
        f"{room.pk}:{seq}", reported.sender, [_kept(message, seq) for message in messages]
    )


def _kept(message: Message, reported_seq: int) -> Kept:
    return {
        "by": message.sender.username if message.sender else "",
        "at": message.created_at.isoformat(),
        "text": message.body,
        "reported": message.seq == reported_seq,
    }


def admin_path(message_id: str) -> str:
    """The room's page: a room is not read there, but it says who was in it."""
    return reverse("admin:chat_room_change", args=[message_id.rpartition(":")[0]])


# What two people said to each other is not hidden; who said it can be suspended.
MESSAGES = TargetKind(Kind.MESSAGE, find, admin_path)
