"""Notifications with their events, the outbox, settings and follows: rows, rules and queries."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from moderation.models import Block
from notification.constants import (
    MOST_BOUNCES,
    OFF_BY_DEFAULT,
    SOURCE_MAX_LENGTH,
    TARGET_MAX_LENGTH,
    TEXT_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    UNREAD_CAP,
    Channel,
    Digest,
    Kind,
)
from user.models import Skill, User


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Queries over notifications."""

    def for_list(self, reader: User) -> "NotificationQuerySet":
        """What stands in a person's list, as `NotificationSerializer` reads it; one query."""
        return self.listed(reader).described(reader)

    def for_sending(self, reader: User) -> "NotificationQuerySet":
        """What may be sent to a person: unread, also what is never listed; with its `text`."""
        return self.visible_to(reader).filter(read_at=None).described(reader)

    def listed(self, reader: User) -> "NotificationQuerySet":
        """What stands in a person's list."""
        return self.visible_to(reader).filter(is_listed=True)

    def visible_to(self, reader: User) -> "NotificationQuerySet":
        """A person's rows that have an event which the person may see."""
        visible = Event.objects.visible_to(reader).filter(notification=OuterRef("pk"))
        return self.filter(Exists(visible), recipient=reader)

    def described(self, reader: User) -> "NotificationQuerySet":
        """Annotate how often it happened, and who did what the last time."""
        visible = Event.objects.visible_to(reader).filter(notification=OuterRef("pk"))
        newest = visible.order_by("-id")
        count = visible.order_by().values("notification").annotate(n=Count("*")).values("n")
        rows: NotificationQuerySet = self.annotate(
            count=Subquery(count, output_field=models.IntegerField()),
            actor_username=Subquery(newest.values("actor__username")[:1]),
            actor_image=Subquery(newest.values("actor__profile__image__card")[:1]),
            source=Subquery(newest.values("source")[:1]),
            text=Subquery(newest.values("text")[:1]),
        )
        return rows

    def unread_count(self, reader: User) -> int:
        """How many of a person's rows are unread, counted up to `UNREAD_CAP`."""
        return self.listed(reader).filter(read_at=None).order_by()[:UNREAD_CAP].count()


class Notification(models.Model):
    """What one person is told about one thing; each time that it happens is an `Event`.

    While it is unread, what happens again joins it (`unread_key`) instead of making a second row.
    """

    recipient = models.ForeignKey(
        User, models.CASCADE, related_name="notifications", verbose_name="받는 사람"
    )
    kind = models.CharField("종류", max_length=20, choices=Kind)
    # What it is about, as `project:12` or `room:<uuid>`: the apps above know what that means.
    target = models.CharField("대상", max_length=TARGET_MAX_LENGTH)
    title = models.CharField("제목", max_length=TITLE_MAX_LENGTH, blank=True)
    is_listed = models.BooleanField("목록에 표시", default=True)
    # Recipient, kind and group while unread, so that the database allows one such row; else null.
    unread_key = models.CharField(max_length=160, null=True, unique=True, editable=False)
    created_at = models.DateTimeField("처음", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("마지막", default=timezone.now, editable=False)
    read_at = models.DateTimeField("읽은 때", null=True, blank=True, editable=False)

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "알림"
        ordering = ["-updated_at", "-id"]
        indexes = [
            # a person's list, newest first
            models.Index(
                F("recipient"),
                F("updated_at").desc(),
                F("id").desc(),
                condition=Q(is_listed=True),
                name="notification_list",
            ),
            # the unread ones, and the number on the bell
            models.Index(
                F("recipient"),
                F("updated_at").desc(),
                F("id").desc(),
                condition=Q(is_listed=True, read_at=None),
                name="notification_unread",
            ),
            # a hidden or deleted target takes its notifications along
            models.Index(fields=["target"], name="notification_target"),
            # the job that removes old ones
            models.Index(fields=["updated_at"], name="notification_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="notification_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(unread_key=None), name="notification_read_has_no_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id} ({self.target})"


class EventQuerySet(models.QuerySet["Event"]):
    """Queries over events."""

    def visible_to(self, reader: User) -> "EventQuerySet":
        """Events by nobody who is suspended, or parted from the reader by a block."""
        apart = Block.objects.apart_from(reader)
        return self.filter(Q(actor=None) | (Q(actor__is_active=True) & ~Q(actor__in=apart)))


class Event(models.Model):
    """One thing that happened, for one person. Nobody is told of the same source twice."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="events")
    recipient = models.ForeignKey(User, models.CASCADE, related_name="+")
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # What happened, as `comment:55`.
    source = models.CharField(max_length=SOURCE_MAX_LENGTH)
    # The beginning of what was said, for the mail.
    text = models.CharField(max_length=TEXT_MAX_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "알림 사건"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "source"], name="notification_event_once"),
        ]
        indexes = [
            # a deleted or hidden comment takes its events along
            models.Index(fields=["source"], name="notification_event_source"),
            # the newest event of a row
            models.Index(F("notification"), F("id").desc(), name="notification_event_newest"),
        ]

    def __str__(self) -> str:
        return self.source


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Queries over the outbox."""

    def waiting(self) -> "DeliveryQuerySet":
        """What is still to be sent."""
        return self.filter(status=Delivery.Status.WAITING)

    def claimable(self, now: datetime) -> "DeliveryQuerySet":
        """What is due and in no living job's hands."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        return self.waiting().filter(free, due_at__lte=now)


class Delivery(models.Model):
    """One notification on its way by mail: the outbox.

    A row is claimed by a job for a while (`claimed_by`, `claimed_until`); a job that dies leaves it
    to the next. `HANDED_OVER` is committed as the last byte goes to the server: a job that dies
    from there on leaves a mail that the server has got, and nobody sends it again.
    """

    class Status(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting", "대기"
        HANDED_OVER = "handed_over", "전달 중"
        SENT = "sent", "보냄"
        FAILED = "failed", "실패"
        CANCELLED = "cancelled", "취소"

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="받는 사람")
    kind = models.CharField("종류", max_length=20, choices=Kind)
    status = models.CharField("상태", max_length=12, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField("만든 때", default=timezone.now, editable=False)
    due_at = models.DateTimeField("보낼 때")
    done_at = models.DateTimeField("끝난 때", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    error = models.CharField("오류", max_length=200, blank=True)
    claimed_by = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "발송"
        ordering = ["-id"]
        constraints = [
            # what is already waiting carries what happens meanwhile
            models.UniqueConstraint(
                fields=["notification"],
                condition=Q(status="waiting"),
                name="notification_delivery_one_waiting",
            ),
        ]
        indexes = [
            # what the job sends next
            models.Index(
                fields=["due_at"],
                condition=Q(status="waiting"),
                name="notification_due",
            ),
            # all that is due for one person goes in one mail
            models.Index(
                fields=["recipient", "due_at"],
                condition=Q(status="waiting"),
                name="notification_due_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"


class Settings(models.Model):
    """How a person wants to be told; without a row, everything is as by default."""

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="notification_settings"
    )
    # The switches that differ from the default, as {"comment.mail": false}.
    switches = models.JSONField(default=dict, blank=True)
    mail = models.BooleanField("메일", default=True)
    digest = models.CharField("모아 받기", max_length=6, choices=Digest, default=Digest.OFF)
    # Mails that the person's server refused for good, one after another.
    bounces = models.PositiveSmallIntegerField("반송", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "알림 설정"
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__in=Digest.values), name="notification_digest_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    @classmethod
    def of(cls, user: User) -> "Settings":
        """A person's settings; the default ones, not stored, where nothing was ever changed."""
        return cls.objects.filter(user=user).first() or cls(user=user)

    def wants(self, kind: str, channel: str) -> bool:
        """Whether the person wants this kind by this channel."""
        if channel == Channel.MAIL and (not self.mail or self.mail_refused):
            return False
        wanted: bool = self.switches.get(f"{kind}.{channel}", self.default(kind, channel))
        return wanted

    @staticmethod
    def default(kind: str, channel: str) -> bool:
        """Whether people who have said nothing are told so."""
        return (kind, channel) not in OFF_BY_DEFAULT

    @property
    def mail_refused(self) -> bool:
        """Whether the person's server refused so often that mail is off."""
        return self.bounces >= MOST_BOUNCES

    def switch(self, kind: str, channel: str, *, on: bool) -> None:
        """Turn one kind on or off for one channel (not saved)."""
        self.switches = self.switches | {f"{kind}.{channel}": on}


class FollowQuerySet(models.QuerySet["Follow"]):
    """Queries over follows."""

    def of(self, follower: User, thing: User | Skill) -> "FollowQuerySet":
        """One person's follow of a person or skill, if there is one."""
        follows = self.filter(follower=follower)
        if isinstance(thing, User):
            return follows.filter(person=thing)
        return follows.filter(skill=thing)

    def of_author_or_skills(self, author: User, skill_ids: list[int]) -> "FollowQuerySet":
        """The follows that ask for what this author posts with these skills."""
        return self.filter(Q(person=author) | Q(skill__in=skill_ids))

    def for_list(self, follower: User) -> "FollowQuerySet":
        """What a person follows, without those who are suspended or whom they blocked; one query.

        One who is blocked goes on seeing whom they follow, and is told of nothing.
        """
        blocked = Block.objects.blocked_by(follower)
        return self.filter(
            Q(person=None) | (Q(person__is_active=True) & ~Q(person__in=blocked)),
            follower=follower,
        ).select_related("person__profile__image", "skill")


class Follow(models.Model):
    """Somebody wants to hear of a person's, or of a skill's, new projects."""

    follower = models.ForeignKey(User, models.CASCADE, related_name="follows")
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="followers")
    skill = models.ForeignKey(Skill, models.CASCADE, null=True, related_name="followers")
    created_at = models.DateTimeField("팔로우한 때", default=timezone.now, editable=False)

    objects: ClassVar[FollowQuerySet] = FollowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = verbose_name_plural = "팔로우"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, skill__isnull=False) | Q(person__isnull=False, skill=None),
                name="notification_follow_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("follower")), name="notification_follow_not_oneself"
            ),
            # these also serve the job that walks the followers of a person or skill
            models.UniqueConstraint(
                fields=["person", "follower"], name="notification_follow_person_once"
            ),
            models.UniqueConstraint(
                fields=["skill", "follower"], name="notification_follow_skill_once"
            ),
        ]
        indexes = [
            # what I follow, newest first
            models.Index(
                F("follower"), F("created_at").desc(), F("id").desc(), name="notification_follows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower} → {self.person or self.skill}"


class Announcement(models.Model):
    """A new project that its author's and its skills' followers have yet to be told of.

    Posting writes this one row; the job walks the followers, in the order of their ids, and keeps
    in `last_follower_id` how far it came.
    """

    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    target = models.CharField(max_length=TARGET_MAX_LENGTH, unique=True)
    title = models.CharField(max_length=TITLE_MAX_LENGTH)
    skill_ids: Any = models.JSONField(default=list)
    last_follower_id = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "새 프로젝트 소식"

    def __str__(self) -> str:
        return self.target


class Pause(models.Model):
    """The switch for all mails of notifications: while a row is here, what is due waits."""

    reason = models.CharField("이유", max_length=200, blank=True)
    since = models.DateTimeField("시작", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "발송 멈춤"

    def __str__(self) -> str:
        return self.reason or f"{self.since:%Y-%m-%d %H:%M}"
