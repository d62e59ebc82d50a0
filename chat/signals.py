"""What chats do when an account goes, and inboxes when their owner is notified of something."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from chat import services
from chat.realtime import groups, presence
from notification.signals import notified
from user.models import User


@receiver(pre_delete, sender=User)
def leave_rooms(sender: type, instance: User, **_: Any) -> None:
    """Partners keep the rooms, read-only; rooms without anyone go."""
    services.leave_all(instance.pk)


@receiver(notified)
def send_to_open_pages(sender: type, user_ids: list[int], **_: Any) -> None:
    """Let the inboxes of those who have a page open look at their notifications."""
    groups.notifications_changed(presence.with_open_sockets(user_ids))
