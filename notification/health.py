"""How the outbox is doing, for `/readyz` and `/metrics`."""

from collections import Counter
from typing import TypedDict

from django.db.models import Count, Min
from django.utils import timezone

from notification.models import Delivery, Outgoing, Pause, PushDelivery

# The oldest due delivery may wait so long, in seconds.
LATE = 15 * 60
OUTBOX = (Delivery, PushDelivery)


class OutboxStatus(TypedDict):
    """What waits, what came of the rest, and how long the oldest due one has been waiting."""

    status: str  # "ok" or "late"
    counts: dict[str, int]
    oldest_seconds: float


def outbox_status() -> OutboxStatus:
    """Mails and pushes by status, and the age of the oldest due one."""
    counts: Counter[str] = Counter()
    for model in OUTBOX:
        counts.update(dict(model.objects.order_by().values_list("status").annotate(n=Count("*"))))
    oldest = oldest_seconds()
    return {
        "status": "late" if oldest > LATE else "ok",
        "counts": {status.value: counts[status.value] for status in Outgoing.Status},
        "oldest_seconds": oldest,
    }


def oldest_seconds() -> float:
    """For how long the oldest due delivery has been waiting; 0 where none is, or in a pause."""
    if Pause.objects.exists():
        return 0.0
    now = timezone.now()
    due = (model.objects.waiting().filter(due_at__lte=now) for model in OUTBOX)
    oldest = [found for rows in due if (found := rows.aggregate(oldest=Min("due_at"))["oldest"])]
    return (now - min(oldest)).total_seconds() if oldest else 0.0
