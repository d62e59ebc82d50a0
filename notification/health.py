"""How the outbox is doing, for `/readyz` and `/metrics`."""

from typing import TypedDict

from django.db.models import Count, Min
from django.utils import timezone

from notification.models import Delivery, Pause

# The oldest due delivery may wait so long, in seconds.
LATE = 15 * 60


class OutboxStatus(TypedDict):
    """What waits, what came of the rest, and how long the oldest due one has been waiting."""

    status: str  # "ok" or "late"
    counts: dict[str, int]
    oldest_seconds: float


def outbox_status() -> OutboxStatus:
    """Deliveries by status, and the age of the oldest due one."""
    counts = dict(Delivery.objects.order_by().values_list("status").annotate(n=Count("*")))
    oldest = oldest_seconds()
    return {
        "status": "late" if oldest > LATE else "ok",
        "counts": {status.value: counts.get(status.value, 0) for status in Delivery.Status},
        "oldest_seconds": oldest,
    }


def oldest_seconds() -> float:
    """For how long the oldest due delivery has been waiting; 0 where none is, or mail is paused."""
    if Pause.objects.exists():
        return 0.0
    now = timezone.now()
    due = Delivery.objects.waiting().filter(due_at__lte=now)
    oldest = due.aggregate(oldest=Min("due_at"))["oldest"]
    return (now - oldest).total_seconds() if oldest else 0.0
