"""Writes of the coffee chat. Each that changes a room holds the lock on the room's row.

Each also notifies those who see the change, after its commit. Messages are stored, and relayed,
by `chat.realtime`.
"""

import uuid
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chat import notifying
from chat.constants import REQUESTS_PER_DAY, REQUESTS_WAITING
from chat.models import Refusal, RequestLog, Room
from chat.realtime import groups
from moderation.models import Block
from project.models import Project
from user.constants import ChatPolicy
from user.models import User

DAY = timedelta(days=1)


class NotAcceptingError(Exception):
    """The other one cannot be asked: closed, blocked either way, or suspended."""


class NotAskedError(Exception):
    """Only the one who was asked can accept."""


class ExpiredError(Exception):
    """The request has run out."""


class RetryLaterError(Exception):
    """The user may ask again at `retry_at`."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(retry_at)
        self.retry_at = retry_at


@transaction.atomic
def ask(
    asker: User, partner: User, *, message: str = "", project: Project | None = None
) -> tuple[Room, bool]:
    """The room of these two, made or returned to, and whether it is new.

    A new room is a request, unless the partner's policy is open. A request of the partner's that
    waits is accepted: both want it. The message is written where the call changes something.
    Raises NotAcceptingError or RetryLaterError.
    """
    partner = _lock(asker, partner)
    room = Room.objects.between(asker, partner).select_for_update().first()
    wanted = room is not None and (
        not room.is_request or (room.asked_by_id != asker.pk and not room.has_expired)
    )
    closed = partner.profile.chat_policy == ChatPolicy.CLOSED and not wanted
    # asked of everybody: else its absence would tell a closed profile from a block
    apart = Block.objects.between(asker.pk, partner.pk)
    if closed or apart or not partner.is_active:
        raise NotAcceptingError
    if room is None or room.has_expired:
        return _begin(asker, partner, message=message, project=project, expired=room), True
    if not room.is_request and room.has_left(asker.pk):
        _come_back(room, asker, message)
    elif wanted and room.is_request:
        _accept(room, asker, message)
    return room, False


def _lock(asker: User, partner: User) -> User:
    """Let of all that parts or joins these two only one thing happen at once; the partner afresh.

    The asker's row also keeps the count of the asker's requests exact.
    """
    people = User.objects.select_for_update(no_key=True, of=("self",)).select_related("profile")
    both = people.filter(pk__in=[asker.pk, partner.pk]).order_by("pk")
    return {person.pk: person for person in both}[partner.pk]


def _come_back(room: Room, asker: User, message: str) -> None:
    """A member who left and asks again is in the room again, with its history."""
    setattr(room, f"{room.seat_of(asker.pk)}_left", False)
    _write(room, asker, message)
    room.updated_at = timezone.now()
    room.save()
    for other in set(room.members) - {asker.pk}:
        Refusal.objects.of(asker.pk, other).delete()
    groups.room_changed(room.pk, room.members)


def _begin(
    asker: User, partner: User, *, message: str, project: Project | None, expired: Room | None
) -> Room:
    if expired is not None:
        _record_expiry(expired)
    refusal = Refusal.objects.of(partner.pk, asker.pk).first()
    if refusal is not None and refusal.ends_at > timezone.now():
        raise RetryLaterError(refusal.ends_at)
    if expired is not None:
        groups.room_changed(expired.pk, expired.members)
        expired.delete()
    is_request = partner.profile.chat_policy != ChatPolicy.OPEN or refusal is not None
    _count(asker, is_request=is_request)
    low, high = sorted((asker.pk, partner.pk))
    room = Room(low_id=low, high_id=high, asked_by=asker, project=project, is_request=is_request)
    room.created_at = room.updated_at = timezone.now()
    room.save()
    _write(room, asker, message)
    room.save()
    Refusal.objects.of(asker.pk, partner.pk).delete()
    if is_request:
        notifying.requested(room, message)
    groups.room_changed(room.pk, room.members)
    return room


def _count(asker: User, *, is_request: bool) -> None:
    """Raises RetryLaterError when too many requests of this user wait, or began in a day."""
    now = timezone.now()
    waiting = Room.objects.waiting().filter(asked_by=asker).order_by("created_at")
    if is_request and len(waiting) >= REQUESTS_WAITING:
        raise RetryLaterError(waiting[0].expires_at)
    log = RequestLog.objects.filter(asker=asker)
    log.filter(asked_at__lte=now - DAY).delete()
    began = list(log.order_by("asked_at").values_list("asked_at", flat=True))
    if len(began) >= REQUESTS_PER_DAY:
        raise RetryLaterError(began[-REQUESTS_PER_DAY] + DAY)
    log.create(asker=asker, asked_at=now)


def _write(room: Room, sender: User, body: str) -> None:
    """Write a message into a locked room that the caller saves; nothing for an empty text."""
    if not body:
        return
    room.last_seq += 1
    room.messages.create(seq=room.last_seq, sender=sender, client_id=uuid.uuid4(), body=body)


def _accept(room: Room, user: User, message: str = "") -> None:
    """Open a locked request, for the one who was asked, also after that one had declined it."""
    room.is_request = room.low_left = room.high_left = False
    room.updated_at = timezone.now()
    _write(room, user, message)
    room.save()
    Refusal.objects.filter(refuser=user, refused=room.asked_by).delete()
    notifying.accepted(room, user)
    groups.room_changed(room.pk, room.members)


@transaction.atomic
def accept(room_id: UUID, user: User) -> None:
    """Accept a request; again changes nothing.

    Raises Room.DoesNotExist for a room that is not this user's, NotAskedError, ExpiredError, and
    NotAcceptingError when the asker was suspended.
    """
    room = Room.objects.of(user.pk).select_for_update().get(pk=room_id)
    if room.asked_by_id == user.pk:
        raise NotAskedError
    if not room.is_request:
        return
    if room.has_expired:
        raise ExpiredError
    if room.asked_by is None or not room.asked_by.is_active:
        raise NotAcceptingError
    _accept(room, user)


@transaction.atomic
def leave(room_id: UUID, user_id: int) -> None:
    """Leave a room: withdraw a request, decline one, or end a conversation.

    The partner keeps a conversation, read-only; when both have left it is deleted. Raises
    Room.DoesNotExist unless this person is in it.
    """
    room = Room.objects.of(user_id).select_for_update().get(pk=room_id)
    if room.is_request and room.asked_by_id == user_id:
        _withdraw(room)
    elif room.is_request:
        _decline(room, user_id)
    else:
        groups.room_changed(room_id, room.members)
        for other in set(room.members) - {user_id}:
            Refusal.objects.record(user_id, other, timezone.now())
        _take_out(room, user_id)


def _withdraw(room: Room) -> None:
    """The asker takes a request back, or removes one that has run out."""
    _record_expiry(room)
    notifying.request_ended(room.pk)
    groups.room_changed(room.pk, room.members)
    room.delete()


def _decline(room: Room, user_id: int) -> None:
    """Decline a request. Only the one who does is notified: for the asker it goes on waiting."""
    if room.asked_by_id is not None:
        Refusal.objects.record(user_id, room.asked_by_id, timezone.now())
    notifying.request_ended(room.pk)
    groups.room_changed(room.pk, [user_id])
    _take_out(room, user_id)


def _take_out(room: Room, user_id: int) -> None:
    """The member is out of a locked room; without anyone in it, the room goes."""
    if room.incomplete:
        room.delete()
        return
    seat = room.seat_of(user_id)
    setattr(room, f"{seat}_left", True)
    room.save(update_fields=[f"{seat}_left"])


def _record_expiry(room: Room) -> None:
    """A request that has run out goes: keep that the one who was asked has not answered it."""
    if not room.has_expired or room.asked_by_id is None:
        return
    for asked in set(room.members) - {room.asked_by_id}:
        if not room.has_left(asked):  # else it was declined, which is recorded
            Refusal.objects.record(asked, room.asked_by_id, room.expires_at)


@transaction.atomic
def part(blocker: User, blocked: User) -> None:
    """A block begins: a request between the two ends, a conversation is read-only."""
    _lock(blocker, blocked)
    room = Room.objects.between(blocker, blocked).select_for_update().first()
    if room is None:
        return
    if not room.is_request:
        groups.room_changed(room.pk, room.members)
    elif room.asked_by_id == blocker.pk:
        _withdraw(room)
    elif not room.has_left(blocker.pk):
        _decline(room, blocker.pk)


@transaction.atomic
def join(blocker: User, blocked: User) -> None:
    """A block has ended: what the two had is there again."""
    for room in Room.objects.between(blocker, blocked):
        groups.room_changed(room.pk, room.members)


@transaction.atomic
def leave_all(user_id: int) -> None:
    """Leave every room for good, because the account goes. Partners keep theirs, read-only."""
    rooms = Room.objects.filter(Q(low=user_id) | Q(high=user_id)).select_for_update()
    kept: list[UUID] = []
    for room in rooms.order_by("pk"):
        partners = [pk for pk in room.members if pk != user_id and not room.has_left(pk)]
        if partners:
            groups.room_changed(room.pk, partners)
            if not (room.is_request and room.asked_by_id == user_id):
                kept.append(room.pk)
    Room.objects.filter(pk__in=kept, low=user_id).update(low_left=True)
    Room.objects.filter(pk__in=kept, high=user_id).update(high_left=True)
    rooms.exclude(pk__in=kept).delete()


@transaction.atomic
def mark_read(room_id: UUID, user_id: int, seq: int) -> None:
    """Move this person's read mark forward to `seq`, never back nor beyond the newest message."""
    room = Room.objects.of(user_id).with_availability().filter(pk=room_id).first()
    if room is None:
        return
    seat = room.seat_of(user_id)
    seq = min(seq, room.last_seq)
    field = f"{seat}_read_seq"
    if Room.objects.filter(pk=room_id, **{f"{field}__lt": seq}).update(**{field: seq}):
        groups.room_read(room_id, user_id, seq)
