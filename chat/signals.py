"""What chats do when people are parted or an account goes, and when someone is notified."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from chat import services
from chat.realtime import groups, presence
from moderation.signals import blocked as block_began
from moderation.signals import unblocked as block_ended
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


@receiver(block_began)
def part(sender: type, blocker: User, blocked: User, **_: Any) -> None:
    """What the two have is read-only at once."""
    services.part(blocker, blocked)


@receiver(block_ended)
def join(sender: type, blocker: User, blocked: User, **_: Any) -> None:
    """What the two have is as it was."""
    services.join(blocker, blocked)
