"""Whom coffee chats notify outside of the chat itself, in the transaction of what happened."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from chat.models import Lease, Message, Room
from notification.constants import CHAT_MAIL_AFTER, Kind
from notification.models import Event
from notification.services import notify, withdraw
from user.models import User

# What is older was notified long ago, or is left to the inbox.
OLDEST = timedelta(days=1)


def requested(room: Room, message: str) -> None:
    """Notify the one who is asked."""
    others = set(room.members) - {room.asked_by_id}
    notify(
        Kind.CHAT_REQUEST,
        [user_id for user_id in others if user_id],
        actor=room.asked_by,
        target=f"room:{room.pk}",
        source=f"room:{room.pk}:request",
        text=message,
    )


def accepted(room: Room, by: User) -> None:
    """Notify the one who asked."""
    notify(
        Kind.CHAT_ACCEPTED,
        [room.asked_by_id] if room.asked_by_id else [],
        actor=by,
        target=f"room:{room.pk}",
        source=f"room:{room.pk}:accepted",
    )


def request_ended(room_id: UUID) -> None:
    """Withdraw the notification of a request that was withdrawn or declined."""
    withdraw(source=f"room:{room_id}:request")


def notify_unread() -> int:
    """Notify members who have no socket open of messages unread for `CHAT_MAIL_AFTER`.

    django-crontab runs this each minute; returns how many were found. One is notified once of what
    follows one read mark, and by one mail a room in four hours.
    """
    return sum(_notify_unread_of(seat) for seat in ("low", "high"))


def _notify_unread_of(seat: str) -> int:
    now = timezone.now()
    other = "high" if seat == "low" else "low"
    unread = Message.objects.filter(
        room=OuterRef("pk"), seq__gt=OuterRef(f"{seat}_read_seq"), sender=OuterRef(other)
    )
    here = Lease.objects.active().filter(user=OuterRef(seat))
    rooms = (
        Room.objects.filter(
            Q(is_request=False, low_left=False, high_left=False),
            last_seq__gt=F(f"{seat}_read_seq"),
            updated_at__gt=now - OLDEST,
        )
        .annotate(since=Subquery(unread.order_by("seq").values("created_at")[:1]))
        .filter(~Exists(here), since__lte=now - CHAT_MAIL_AFTER)
        .select_related(other)
    )
    found = {f"room:{room.pk}:{seat}:{getattr(room, f'{seat}_read_seq')}": room for room in rooms}
    known = set(Event.objects.filter(source__in=found).values_list("source", flat=True))
    for source in found.keys() - known:
        room = found[source]
        notify(
            Kind.CHAT_MESSAGE,
            [getattr(room, f"{seat}_id")],
            actor=getattr(room, other),
            target=f"room:{room.pk}",
            source=source,
        )
    return len(found)
