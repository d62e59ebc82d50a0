"""The outbox of mails and of pushes: who sends what, and what becomes of it.

Two jobs at once send once: rows are claimed by a conditional UPDATE, which the second one's finds
taken. A job that dies leaves its claims to anyone who comes after `CLAIM`.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar, cast

from django.db import transaction
from django.utils import timezone

from notification.constants import CLAIM, LONGEST_WAIT, MOST_ATTEMPTS, PEOPLE_AT_ONCE, Channel
from notification.models import Notification, Outgoing, Pause, Settings
from notification.models.outbox import OutgoingQuerySet
from user.models import User

logger = logging.getLogger(__name__)

Status = Outgoing.Status
Sent = TypeVar("Sent", bound=Outgoing)


class ClaimLostError(OSError):
    """Another job has taken these over, or the person has read them: do not send."""


def is_paused() -> bool:
    """Whether an operator holds everything back."""
    return Pause.objects.exists()


def claimed(model: type[Sent], until: datetime, *related: str) -> Iterator[tuple[User, list[Sent]]]:
    """What is due and goes out together, claimed for this job; until the time is over.

    Stops early when the caller does: what was claimed and not sent is given back.
    """
    while timezone.now() < until:
        job = uuid.uuid4()
        groups = _claim(model, job, related)
        if not groups:
            return
        try:
            for deliveries in groups.values():
                if timezone.now() >= until:
                    return
                yield deliveries[0].recipient, deliveries
        finally:
            model.objects.waiting().filter(claimed_by=job).update(
                claimed_by=None, claimed_until=None
            )


def _claim(model: type[Sent], job: uuid.UUID, related: Sequence[str]) -> dict[int, list[Sent]]:
    """Take the next people's (or browsers') due deliveries."""
    now = timezone.now()
    due = model.objects.claimable(now)
    oldest = due.order_by("due_at").values_list(model.TOGETHER, flat=True)
    chosen = set(oldest[:PEOPLE_AT_ONCE])
    due.filter(**{f"{model.TOGETHER}__in": chosen}).update(
        claimed_by=job, claimed_until=now + CLAIM
    )
    mine = model.objects.waiting().filter(claimed_by=job)
    taken: dict[int, list[Sent]] = defaultdict(list)
    mine = mine.select_related("recipient__notification_settings", *related)
    for delivery in mine.order_by("id"):
        taken[getattr(delivery, model.TOGETHER)].append(cast(Sent, delivery))
    return taken


@contextmanager
def noted_handover(deliveries: Sequence[Outgoing]) -> Iterator[None]:
    """Within it the bytes are sent; the note is committed right after, before the answer.

    Written before, the note would be true of what was never sent when the job dies while the
    database commits; written after the answer, it would go twice when the job dies while the
    server thinks. Between the last byte and the COMMIT there is nothing to wait for.
    Raises ClaimLostError.
    """
    with transaction.atomic():
        mine = _rows(deliveries).filter(claimed_by=deliveries[0].claimed_by, status=Status.WAITING)
        if mine.update(status=Status.HANDED_OVER) == 0:
            raise ClaimLostError
        yield


def still_wanted(
    reader: User, deliveries: Sequence[Outgoing], channel: Channel
) -> list[Notification]:
    """The rows that are still to be sent; the other deliveries are cancelled.

    What was read, withdrawn, switched off or parted by a block since then is sent no more, and
    nothing is sent to a suspended user.
    """
    how = getattr(reader, "notification_settings", None) or Settings(user=reader)
    wanted = [
        delivery.notification_id
        for delivery in deliveries
        if reader.is_active and how.wants(delivery.kind, channel)
    ]
    rows = Notification.objects.for_sending(reader).filter(pk__in=wanted)
    kept = list(rows.order_by("-updated_at"))
    gone = {delivery.notification_id for delivery in deliveries} - {row.pk for row in kept}
    finish([d for d in deliveries if d.notification_id in gone], Status.CANCELLED)
    return kept


def finish(deliveries: Sequence[Outgoing], status: Outgoing.Status, error: str = "") -> int:
    """Write what became of deliveries; how many it is true of.

    A row that is no longer ours (`waiting` and claimed by another) stays as it is.
    """
    if not deliveries:
        return 0
    rows = _rows(deliveries).filter(
        claimed_by=deliveries[0].claimed_by,
        status__in=[Status.WAITING, Status.HANDED_OVER],
    )
    return rows.update(status=status, done_at=timezone.now(), error=error[:200])


def _rows(deliveries: Sequence[Outgoing]) -> OutgoingQuerySet:
    model = type(deliveries[0])
    return model.objects.filter(pk__in=[delivery.pk for delivery in deliveries])


def try_later(deliveries: Sequence[Outgoing], error: str) -> None:
    """Have deliveries wait, each time twice as long; after `MOST_ATTEMPTS` they have failed."""
    for delivery in deliveries:
        attempts = delivery.attempts + 1
        if attempts >= MOST_ATTEMPTS:
            finish([delivery], Status.FAILED, error)
            continue
        wait = min(LONGEST_WAIT, timedelta(minutes=2**attempts))
        mine = _rows([delivery]).filter(claimed_by=delivery.claimed_by)
        mine.update(
            status=Status.WAITING,
            attempts=attempts,
            due_at=timezone.now() + wait,
            done_at=None,
            error=error[:200],
            claimed_by=None,
            claimed_until=None,
        )
