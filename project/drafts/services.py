"""Saving drafts, and removing stale ones."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from project.constants import MAX_DRAFTS
from project.drafts.models import Draft
from user.images.storage import images_in_text
from user.models import User


class TooManyDraftsError(Exception):
    """The person has `MAX_DRAFTS` already."""


class OutdatedDraftError(Exception):
    """What is there was saved after the writer had read it; it is the first argument."""


@transaction.atomic
def save_draft(owner: User, draft_id: UUID, **fields: Any) -> tuple[Draft, bool]:
    """Write a draft of this person as it stands, and tell whether it is a new one.

    `seen`, where it is given, is when the text that was gone on with was saved: what another device
    saved since is not overwritten. One person's drafts are written one after the other, so that
    none is over the limit. Raises OutdatedDraftError, TooManyDraftsError, and Draft.DoesNotExist
    where the key is another user's.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=owner.pk)
    draft, is_new = Draft.objects.get_or_create(pk=draft_id, defaults={"owner": owner})
    if draft.owner_id != owner.pk:
        raise Draft.DoesNotExist
    if is_new and Draft.objects.filter(owner=owner).count() > MAX_DRAFTS:
        raise TooManyDraftsError
    if fields.pop("seen", draft.updated_at) != draft.updated_at and not is_new:
        raise OutdatedDraftError(draft)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.updated_at = timezone.now()
    draft.save()
    shown = [draft.thumbnail or "", draft.content, *(one["url"] for one in draft.pictures)]
    draft.images.set(images_in_text("\n".join(shown), owner))
    return draft, is_new


def remove_expired_drafts() -> int:
    """Remove the drafts unchanged for `DRAFT_LIFETIME`, and count them."""
    _, removed = Draft.objects.expired().delete()
    return removed.get(Draft._meta.label, 0)  # noqa: SLF001 - Django's public API
