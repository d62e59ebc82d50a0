"""What happens to coffee chats when an account goes."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from chat import services
from user.models import User


@receiver(pre_delete, sender=User)
def leave_rooms(sender: type, instance: User, **_: Any) -> None:
    """Partners keep the rooms, read-only; rooms without anyone go."""
    services.leave_all(instance.pk)
