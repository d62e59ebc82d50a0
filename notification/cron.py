"""What the crontab runs: telling followers, sending what is due, removing what is old."""

from django.db import transaction
from django.utils import timezone

from notification.constants import KEPT_FOR, Kind
from notification.mail.send import send_due
from notification.models import Announcement, Follow, Notification
from notification.services import notify

FOLLOWERS_AT_ONCE = 500
OLD_AT_ONCE = 1000


def announce_projects() -> int:
    """Tell followers of new projects, a batch of them in a transaction; returns how many.

    Each minute. A job that dies goes on where it was, and two at once notify no user twice.
    """
    told = 0
    while batch := _announce_batch():
        told += batch
    return told


@transaction.atomic
def _announce_batch() -> int:
    """Notify the next followers of the oldest announcement; 0 when none is left.

    Locks the announcement, so that a second job takes another one or none.
    """
    waiting = Announcement.objects.select_related("author").order_by("id")
    announcement = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if announcement is None:
        return 0
    followers = list(
        Follow.objects.of_author_or_skills(announcement.author, announcement.skill_ids)
        .filter(follower__gt=announcement.last_follower_id)
        .order_by("follower")
        .values_list("follower_id", flat=True)
        .distinct()[:FOLLOWERS_AT_ONCE]
    )
    if followers:
        notify(
            Kind.NEW_PROJECT,
            followers,
            actor=announcement.author,
            target=announcement.target,
            source=announcement.target,
            title=announcement.title,
        )
        announcement.last_follower_id = followers[-1]
        announcement.save(update_fields=["last_follower_id"])
    if len(followers) < FOLLOWERS_AT_ONCE:
        announcement.delete()
    return max(len(followers), 1)


def send_mails() -> int:
    """Send the mails that are due; each minute. Returns how many."""
    return send_due()


def send_pushes() -> int:
    """Send the pushes that are due; each minute. Returns how many."""
    # what it needs is on the machine of the jobs only
    from notification.push.send import send_due as send_due_pushes

    return send_due_pushes()


def remove_old() -> int:
    """Remove notifications `KEPT_FOR` after their last event, in batches; once a day."""
    removed = 0
    old = Notification.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR)
    while batch := list(old.order_by("updated_at").values_list("pk", flat=True)[:OLD_AT_ONCE]):
        with transaction.atomic():
            Notification.objects.filter(pk__in=batch).delete()
        removed += len(batch)
    return removed
