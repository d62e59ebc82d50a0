"""Rooms for two people, their messages, and leases that say who is present.

A room's status is never stored: it follows from whether it is still a request, who has left, blocks
and suspensions, and which leases are active.
"""

import uuid
from datetime import datetime
from typing import Literal

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from chat.constants import COOLDOWN, MESSAGE_MAX_LENGTH, REQUEST_LIFETIME
from moderation.models import Block
from project.models import Project
from user.models import User

Seat = Literal["low", "high"]
Status = Literal["running", "stop", "pending"]
PendingReason = Literal["requested_by_me", "requested_of_me", "expired", "left", "unavailable"]


class RoomQuerySet(models.QuerySet["Room"]):
    """Queries over rooms."""

    def of(self, user_id: int) -> "RoomQuerySet":
        """The rooms that this person is in: has not left, nor blocked the other one of."""
        blocked = Block.objects.filter(blocker=user_id).filter(
            Q(blocked=OuterRef("low")) | Q(blocked=OuterRef("high"))
        )
        return self.not_left_by(user_id).exclude(Exists(blocked))

    def not_left_by(self, user_id: int) -> "RoomQuerySet":
        """The rooms that this person has not left, also those that a block of theirs hides."""
        return self.filter(Q(low=user_id, low_left=False) | Q(high=user_id, high_left=False))

    def between(self, one: User, other: User) -> "RoomQuerySet":
        """The room of these two, if there is one, also when one has left it."""
        low, high = sorted((one.pk, other.pk))
        return self.filter(low=low, high=high)

    def waiting(self) -> "RoomQuerySet":
        """The requests that have neither been accepted nor run out, also those declined."""
        return self.filter(is_request=True, created_at__gt=timezone.now() - REQUEST_LIFETIME)

    def asked_of(self, user_id: int) -> "RoomQuerySet":
        """The requests among these that wait for this person's answer."""
        return self.waiting().filter(asked_by__is_active=True).exclude(asked_by=user_id)

    def for_list(self, user: User) -> "RoomQuerySet":
        """A person's rooms, without the requests of others, in one query."""
        return self.for_viewer(user).filter(Q(is_request=False) | Q(asked_by=user))

    def for_requests(self, user: User) -> "RoomQuerySet":
        """The requests that wait for a person's answer, in one query."""
        return self.for_viewer(user).asked_of(user.pk)

    def for_viewer(self, user: User) -> "RoomQuerySet":
        """A person's rooms with all that `RoomSerializer` shows, in one query."""
        visible = Project.objects.visible().filter(pk=OuterRef("project"))
        return (
            self.of(user.pk)
            .with_status()
            .with_unread(user.pk)
            .annotate(project_title=Subquery(visible.values("title")))
            .select_related("low__profile__image", "high__profile__image")
        )

    def with_status(self) -> "RoomQuerySet":
        """Annotate what `Room.status` needs: `live` and `unavailable`."""
        leases = Lease.objects.active().filter(room=OuterRef("pk"))
        present = self.annotate(live=Exists(leases))  # type: ignore[no-redef]  # Room declares it
        return present.with_availability()

    def with_availability(self) -> "RoomQuerySet":
        """Annotate `unavailable`: whether a block or a suspension keeps the two apart."""
        low, high = OuterRef("low"), OuterRef("high")
        suspended = User.objects.filter(Q(pk=low) | Q(pk=high), is_active=False)
        blocks = Block.objects.filter(Q(blocker=low, blocked=high) | Q(blocker=high, blocked=low))
        apart = Q(Exists(suspended)) | Q(Exists(blocks))
        return self.annotate(unavailable=apart)  # type: ignore[no-redef]  # Room declares it

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

    It begins as a request (`is_request`) of `asked_by`, made at `created_at`; a member who has left
    a request has declined it. A person whose account was deleted is null and counts as one who
    left. `live` and `unavailable` are annotations, of `with_status()`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    low = models.ForeignKey(User, models.SET_NULL, null=True, related_name="rooms_as_low")
    high = models.ForeignKey(User, models.SET_NULL, null=True, related_name="rooms_as_high")
    low_left = models.BooleanField(default=False)
    high_left = models.BooleanField(default=False)
    low_read_seq = models.PositiveIntegerField(default=0)
    high_read_seq = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    is_request = models.BooleanField("신청", default=False, db_default=False)
    # What the asker wants to talk about.
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, related_name="+", verbose_name="프로젝트"
    )
    # The number of messages ever written, and so the newest one's `seq`.
    last_seq = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField("만든 때", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("마지막 활동", default=timezone.now, editable=False)

    live: bool
    unavailable: bool

    objects = RoomQuerySet.as_manager()

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
            # how many requests of a user wait
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

    def has_left(self, user_id: int) -> bool:
        """Whether this member has left, or declined the request."""
        return self.low_left if self.seat_of(user_id) == "low" else self.high_left

    @property
    def members(self) -> tuple[int, ...]:
        """The ids of the two, without deleted accounts."""
        return tuple(pk for pk in (self.low_id, self.high_id) if pk is not None)

    @property
    def incomplete(self) -> bool:
        """Whether one of the two has left."""
        return self.low_left or self.high_left or len(self.members) < 2

    @property
    def expires_at(self) -> datetime:
        """When a request runs out."""
        return self.created_at + REQUEST_LIFETIME

    @property
    def has_expired(self) -> bool:
        """Whether it is a request that has run out; true by the clock."""
        return self.is_request and self.expires_at <= timezone.now()

    @property
    def read_only(self) -> bool:
        """Whether no user may write. While it is so, neither presence nor reading nor typing of the
        one is shown to the other.
        """
        return self.is_request or self.incomplete or self.unavailable

    @property
    def status(self) -> Status:
        """`pending`, `running` or `stop`, as PROTOCOL.md defines them."""
        if self.read_only:
            return "pending"
        return "running" if self.live else "stop"

    def pending_reason(self, user_id: int) -> PendingReason | None:
        """Why this member may not write.

        A request's asker is notified neither that it was declined nor of a block.
        """
        if self.is_request:
            if len(self.members) < 2:
                return "left"
            if self.has_expired:
                return "expired"
            return "requested_by_me" if self.asked_by_id == user_id else "requested_of_me"
        if self.incomplete:
            return "left"
        return "unavailable" if self.unavailable else None


class RefusalQuerySet(models.QuerySet["Refusal"]):
    """Queries over refusals."""

    def of(self, refuser_id: int, refused_id: int) -> "RefusalQuerySet":
        """The one of this person against that one, if there is one."""
        return self.filter(refuser=refuser_id, refused=refused_id)

    def record(self, refuser_id: int, refused_id: int, at: datetime) -> None:
        """Keep that this person wants no more requests of that one for a while from `at` on."""
        self.update_or_create(
            refuser_id=refuser_id, refused_id=refused_id, defaults={"refused_at": at}
        )


class Refusal(models.Model):
    """A person declined another one's request, let it run out, or left their room.

    Outlives the room, until the one who refused asks or accepts.
    """

    refuser = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="거절한 사람")
    refused = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="거절된 사람")
    refused_at = models.DateTimeField("거절한 때")

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "커피챗 거절"
        constraints = [
            models.UniqueConstraint(fields=["refuser", "refused"], name="chat_refusal_one_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.refuser_id} ✕ {self.refused_id}"

    @property
    def ends_at(self) -> datetime:
        """From when on the refused one may ask again."""
        return self.refused_at + COOLDOWN


class RequestLog(models.Model):
    """When a person asked; kept for a day, also when the request was withdrawn."""

    asker = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="신청한 사람")
    asked_at = models.DateTimeField("신청한 때", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "커피챗 신청 기록"
        indexes = [
            # how many requests a user began within a day
            models.Index(fields=["asker", "asked_at"], name="chat_request_log_of_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} {self.asked_at:%Y-%m-%d %H:%M}"


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

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "접속"

    def __str__(self) -> str:
        return f"{self.user_id} in {self.room_id}"
