"""Rows, rules and queries of what people are notified of.

- `notifications`: a person's notifications, and the events that they are made of
- `settings`: how a person wants to be notified
- `follows`: whom and what people follow, and new projects that followers have yet to be notified of
- `outbox`: what is on its way by mail and by Web Push, and the browsers that asked for pushes
"""

from notification.models.follows import Announcement, Follow
from notification.models.notifications import Event, Notification
from notification.models.outbox import Delivery, Outgoing, Pause, PushDelivery, Subscription
from notification.models.settings import Settings

__all__ = [
    "Announcement",
    "Delivery",
    "Event",
    "Follow",
    "Notification",
    "Outgoing",
    "Pause",
    "PushDelivery",
    "Settings",
    "Subscription",
]
