"""What is on its way to people by mail and by Web Push."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from notification.constants import ENDPOINT_MAX_LENGTH, Kind
from notification.models.notifications import Notification
from user.models import Session, User


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    """Queries over the outbox."""

    def waiting(self) -> "OutgoingQuerySet":
        """What is still to be sent."""
        return self.filter(status=Outgoing.Status.WAITING)

    def claimable(self, now: datetime) -> "OutgoingQuerySet":
        """What is due and in no living job's hands."""
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        return self.waiting().filter(free, due_at__lte=now)


class Outgoing(models.Model):
    """One notification on its way: a row of the outbox.

    A row is claimed by a job for a while (`claimed_by`, `claimed_until`); a job that dies leaves it
    to the next. `HANDED_OVER` is committed as the last byte goes to the server: a job that dies
    from there on leaves what the server has got, and it is not sent again.
    """

    class Status(models.TextChoices):
        """Where a delivery stands."""

        WAITING = "waiting", "대기"
        HANDED_OVER = "handed_over", "전달 중"
        SENT = "sent", "보냄"
        FAILED = "failed", "실패"
        CANCELLED = "cancelled", "취소"

    # What is due with the same of this goes out as one.
    TOGETHER: ClassVar[str]

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="+")
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

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"


class Delivery(Outgoing):
    """One notification on its way by mail."""

    TOGETHER = "recipient_id"

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")

    class Meta(Outgoing.Meta):
        verbose_name = verbose_name_plural = "발송"
        constraints = [
            # what is already waiting carries what happens in the meantime
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


class Subscription(models.Model):
    """A browser that takes pushes for the person who is signed in there.

    It ends with the log-in session: a browser in which no account is signed in shows nothing.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="push_subscriptions")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    # The push service's address of this browser: anyone who knows it may name it as theirs.
    endpoint = models.CharField(max_length=ENDPOINT_MAX_LENGTH, unique=True)
    # The keys that only the browser can read with (RFC 8291).
    p256dh = models.CharField(max_length=87)
    auth = models.CharField(max_length=22)
    created_at = models.DateTimeField("시작", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "푸시 구독"

    def __str__(self) -> str:
        return f"{self.user}"


class PushDelivery(Outgoing):
    """One notification on its way to one browser by Web Push."""

    TOGETHER = "subscription_id"

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")

    class Meta(Outgoing.Meta):
        verbose_name = verbose_name_plural = "푸시 발송"
        constraints = [
            # what is already waiting carries what happens in the meantime
            models.UniqueConstraint(
                fields=["notification", "subscription"],
                condition=Q(status="waiting"),
                name="notification_push_one_waiting",
            ),
        ]
        indexes = [
            # what the job sends next
            models.Index(
                fields=["due_at"], condition=Q(status="waiting"), name="notification_push_due"
            ),
        ]


class Pause(models.Model):
    """The switch for all mails and pushes: while a row is here, what is due waits."""

    reason = models.CharField("이유", max_length=200, blank=True)
    since = models.DateTimeField("시작", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "발송 멈춤"

    def __str__(self) -> str:
        return self.reason or f"{self.since:%Y-%m-%d %H:%M}"
