"""The browsers that a person turned Web Push on in."""

from django.db import transaction

from notification.constants import MOST_SUBSCRIPTIONS
from notification.models import Subscription
from user.models import Session, User


@transaction.atomic
def subscribe(user: User, session: Session, *, endpoint: str, p256dh: str, auth: str) -> None:
    """Send this browser the person's pushes from now on, for as long as the session lasts.

    Again is no error. A browser that was another person's gets nothing that waited for that one.
    Beyond `MOST_SUBSCRIPTIONS` the person's oldest browser gives way.
    Locks the person's row.
    """
    User.objects.select_for_update().get(pk=user.pk)
    Subscription.objects.filter(endpoint=endpoint).exclude(user=user).delete()
    Subscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={"user": user, "session": session, "p256dh": p256dh, "auth": auth},
    )
    newest = user.push_subscriptions.order_by("-id").values_list("pk", flat=True)
    user.push_subscriptions.filter(pk__in=list(newest[MOST_SUBSCRIPTIONS:])).delete()


def unsubscribe(user: User, endpoint: str) -> None:
    """Send one of the person's browsers no more; one that is not theirs stays as it is."""
    user.push_subscriptions.filter(endpoint=endpoint).delete()
