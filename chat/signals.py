"""What happens to coffee chats when an account goes."""

from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from chat import events, services
from user.models import User


@receiver(pre_delete, sender=User)
def leave_rooms(sender: type, instance: User, **_: Any) -> None:
    """Partners keep the rooms, read-only; rooms without anybody go."""
    for room_id, partner_id in services.leave_all(instance.pk):
        changed = partial(async_to_sync(events.room_changed), room_id, partner_id)
        transaction.on_commit(changed, robust=True)
