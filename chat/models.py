"""Rooms for two people, their messages, and leases that say who is present.

A room's status is never stored: it follows from who has left and which leases are active.
"""

import uuid
from typing import ClassVar, Literal

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from chat.constants import MESSAGE_MAX_LENGTH
from user.models import User

Seat = Literal["low", "high"]


class RoomQuerySet(models.QuerySet["Room"]):
    """Queries over rooms."""

    def of(self, user_id: int) -> "RoomQuerySet":
        """The rooms that this person is in and has not left."""
        return self.filter(Q(low=user_id, low_left=False) | Q(high=user_id, high_left=False))

    def between(self, one: User, other: User) -> "RoomQuerySet":
        """The room of these two, if there is one, also when one has left it."""
        low, high = sorted((one.pk, other.pk))
        return self.filter(low=low, high=high)

    def for_list(self, user: User) -> "RoomQuerySet":
        """A person's rooms with people, presence and unread counts, in one query."""
        return (
            self.of(user.pk)
            .with_presence()
            .with_unread(user.pk)
            .select_related("low__profile__image", "high__profile__image")
        )

    def with_presence(self) -> "RoomQuerySet":
        """Annotate `live`: whether one of the two has an open socket in the room."""
        leases = Lease.objects.active().filter(room=OuterRef("pk"))
        return self.annotate(live=Exists(leases))

    def with_unread(self, user_id: int) -> "RoomQuerySet":
        """Annotate `unread_count`: the partner's messages that this person has not read."""
        seen = Case(When(low=user_id, then=F("low_read_seq")), default=F("high_read_seq"))
        unread = (
            Message.objects.filter(room=OuterRef("pk"), seq__gt=OuterRef("seen"))
            .filter(Q(sender=None) | ~Q(sender=user_id))
            .order_by()
            .values("room")
            .annotate(n=Count("*"))
            .values("n")
        )
        return self.annotate(seen=seen).annotate(unread_count=Coalesce(Subquery(unread), 0))


def partners_of(user: User) -> models.QuerySet["Room", int]:
    """The ids of those with whom this person has a room, as a subquery."""
    partner = Case(When(low=user, then=F("high")), default=F("low"))
    rooms = Room.objects.of(user.pk).exclude(Q(low=None) | Q(high=None))
    return rooms.values_list(partner, flat=True)


class Room(models.Model):
    """A coffee chat of two different people, `low` being the one with the smaller id.

    A person whose account was deleted is null and counts as one who left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    low = models.ForeignKey(User, models.SET_NULL, null=True, related_name="rooms_as_low")
    high = models.ForeignKey(User, models.SET_NULL, null=True, related_name="rooms_as_high")
    low_left = models.BooleanField(default=False)
    high_left = models.BooleanField(default=False)
    low_read_seq = models.PositiveIntegerField(default=0)
    high_read_seq = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # The number of messages ever written, and so the newest one's `seq`.
    last_seq = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField("만든 때", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("마지막 활동", default=timezone.now, editable=False)

    objects: ClassVar[RoomQuerySet] = RoomQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "커피챗 방"
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="chat_room_one_a_pair"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="chat_room_two_people"),
        ]
        indexes = [
            # my rooms, newest activity first
            models.Index(F("low"), F("updated_at").desc(), name="chat_room_of_low"),
            models.Index(F("high"), F("updated_at").desc(), name="chat_room_of_high"),
            # how many rooms a user asked for in the last hour
            models.Index(fields=["asked_by", "created_at"], name="chat_room_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.low or '탈퇴'} · {self.high or '탈퇴'}"

    def seat_of(self, user_id: int) -> Seat:
        """Which of the two this person is. Raises ValueError for anyone else."""
        if user_id == self.low_id:
            return "low"
        if user_id == self.high_id:
            return "high"
        raise ValueError("not a member")

    def partner_of(self, user_id: int) -> User | None:
        """The other one; None when that account was deleted."""
        return self.high if self.seat_of(user_id) == "low" else self.low

    @property
    def members(self) -> tuple[int, ...]:
        """The ids of the two, without deleted accounts."""
        return tuple(pk for pk in (self.low_id, self.high_id) if pk is not None)

    @property
    def read_only(self) -> bool:
        """Whether no user may write, because one of the two has left."""
        return self.low_left or self.high_left or len(self.members) < 2

    def status(self, *, live: bool) -> str:
        """`pending`, `running` or `stop`, as PROTOCOL.md defines them."""
        if self.read_only:
            return "pending"
        return "running" if live else "stop"


class Message(models.Model):
    """What one of the two wrote. `seq` counts 1, 2, 3 … in each room, without a gap."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages", verbose_name="방")
    seq = models.PositiveIntegerField()
    sender = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name="보낸 사람"
    )
    client_id = models.UUIDField()
    body = models.TextField("내용", max_length=MESSAGE_MAX_LENGTH)
    created_at = models.DateTimeField("보낸 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "메시지"
        ordering = ["room", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="chat_message_seq_once"),
            # sending the same message again is not a second message
            models.UniqueConstraint(
                fields=["room", "sender", "client_id"], name="chat_message_client_id_once"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="chat_message_seq_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} #{self.seq}"


class LeaseQuerySet(models.QuerySet["Lease"]):
    """Queries over leases."""

    def active(self) -> "LeaseQuerySet":
        """The leases that have not expired."""
        return self.filter(expires_at__gt=timezone.now())


class Lease(models.Model):
    """A user has an open socket in a room, unless the socket's process died and it expired.

    Kept in the database, which both modes have, so that presence survives the loss of Redis.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    room = models.ForeignKey(Room, models.CASCADE, related_name="leases", null=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar[LeaseQuerySet] = LeaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "접속"

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"
