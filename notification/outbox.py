"""The outbox: who sends what, and what becomes of it.

Two jobs at once send once: rows are claimed by a conditional UPDATE, which the second one's finds
taken. A job that dies leaves its claims to whoever comes after `CLAIM`.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from notification.constants import CLAIM, LONGEST_WAIT, MOST_ATTEMPTS, PEOPLE_AT_ONCE, Channel
from notification.models import Delivery, Notification, Pause, Settings
from user.models import User

logger = logging.getLogger(__name__)

Status = Delivery.Status


def is_open() -> bool:
    """Whether anything is sent at all: mail is set up, and nobody has paused it."""
    return settings.MAIL_ENABLED and not Pause.objects.exists()


def claimed(until: datetime) -> Iterator[tuple[User, list[Delivery]]]:
    """What is due, each person's together, claimed for this job; until the time is over.

    Stops early when the caller does: what was claimed and not sent is given back.
    """
    while timezone.now() < until:
        job = uuid.uuid4()
        people = _claim(job)
        if not people:
            return
        try:
            for deliveries in people.values():
                if timezone.now() >= until:
                    return
                yield deliveries[0].recipient, deliveries
        finally:
            Delivery.objects.waiting().filter(claimed_by=job).update(
                claimed_by=None, claimed_until=None
            )


def _claim(job: uuid.UUID) -> dict[int, list[Delivery]]:
    """Take the next people's due deliveries."""
    now = timezone.now()
    due = Delivery.objects.claimable(now)
    oldest = due.order_by("due_at").values_list("recipient_id", flat=True)
    people = set(oldest[:PEOPLE_AT_ONCE])
    due.filter(recipient__in=people).update(claimed_by=job, claimed_until=now + CLAIM)
    mine = Delivery.objects.waiting().filter(claimed_by=job)
    taken: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in mine.select_related("recipient__notification_settings").order_by("id"):
        taken[delivery.recipient_id].append(delivery)
    return taken


def still_wanted(reader: User, deliveries: Sequence[Delivery]) -> list[Notification]:
    """The rows that are still to be sent; the other deliveries are cancelled.

    What was read, withdrawn, switched off or parted by a block since then is sent no more, and
    nothing is to somebody suspended.
    """
    how = getattr(reader, "notification_settings", None) or Settings(user=reader)
    wanted = [
        delivery.notification_id
        for delivery in deliveries
        if reader.is_active and how.wants(delivery.kind, Channel.MAIL)
    ]
    rows = Notification.objects.for_sending(reader).filter(pk__in=wanted)
    kept = list(rows.order_by("-updated_at"))
    gone = {delivery.notification_id for delivery in deliveries} - {row.pk for row in kept}
    finish([d for d in deliveries if d.notification_id in gone], Status.CANCELLED)
    return kept


def finish(deliveries: Sequence[Delivery], status: Delivery.Status, error: str = "") -> int:
    """Write what became of deliveries; how many it is true of.

    A row that is no longer ours (`waiting` and claimed by another) stays as it is.
    """
    if not deliveries:
        return 0
    rows = Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in deliveries],
        claimed_by=deliveries[0].claimed_by,
        status__in=[Status.WAITING, Status.HANDED_OVER],
    )
    return rows.update(status=status, done_at=timezone.now(), error=error[:200])


def try_later(deliveries: Sequence[Delivery], error: str) -> None:
    """Have deliveries wait, each time twice as long; after `MOST_ATTEMPTS` they have failed."""
    for delivery in deliveries:
        attempts = delivery.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            finish([delivery], Status.FAILED, error)
            continue
        wait = min(LONGEST_WAIT, timedelta(minutes=2**attempts))
        mine = Delivery.objects.filter(pk=delivery.pk, claimed_by=delivery.claimed_by)
        mine.update(
            status=Status.WAITING,
            attempts=attempts,
            due_at=timezone.now() + wait,
            done_at=None,
            error=error[:200],
            claimed_by=None,
            claimed_until=None,
        )
