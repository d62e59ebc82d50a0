"""A person's notifications, and the events that they are made of."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from moderation.models import Block
from notification.constants import (
    SOURCE_MAX_LENGTH,
    TARGET_MAX_LENGTH,
    TEXT_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    UNREAD_CAP,
    Kind,
)
from user.models import User


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
    """What one person is notified about one thing; each time that it happens is an `Event`.

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

    objects = NotificationQuerySet.as_manager()

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
        """Events by users who are neither suspended, nor parted from the reader by a block."""
        apart = Block.objects.apart_from(reader)
        return self.filter(Q(actor=None) | (Q(actor__is_active=True) & ~Q(actor__in=apart)))


class Event(models.Model):
    """One thing that happened, for one person. Each source notifies a person once."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="events")
    recipient = models.ForeignKey(User, models.CASCADE, related_name="+")
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # What happened, as `comment:55`.
    source = models.CharField(max_length=SOURCE_MAX_LENGTH)
    # The beginning of what was said, for the mail.
    text = models.CharField(max_length=TEXT_MAX_LENGTH, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EventQuerySet.as_manager()

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
