"""Keeps derived facts of accounts true, no matter who changes them (API, admin, shell)."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import Signal, receiver
from django.utils import timezone

from user.models import Image, Profile

# Sent with `user` after a nickname changed; other apps refresh what they derived from it.
username_changed = Signal()
# Sent with `keeper` and `double` inside the transaction that makes one skill of two.
skills_merged = Signal()


@receiver(m2m_changed, sender=Profile.skills.through)
def note_changed_skills(
    sender: type, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: Any
) -> None:
    """Stamp the profiles whose skills changed, for the similarity job."""
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    if not reverse:
        profiles = Profile.objects.filter(pk=instance.pk)
    elif action == "pre_clear":
        profiles = Profile.objects.filter(skills=instance)
    else:
        profiles = Profile.objects.filter(pk__in=pk_set or ())
    profiles.update(skills_changed_at=timezone.now())


@receiver(post_delete, sender=Image)
def remove_stored_files(sender: type, instance: Image, **_: Any) -> None:
    """Remove both sizes from storage once the row's deletion is final."""
    for file in (instance.file, instance.card):
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
