"""What an inbox socket asks the database about its owner's notifications."""

from typing import Any

from channels.db import database_sync_to_async
from django.utils import timezone

from notification.models import Notification
from notification.serializers import NotificationSerializer
from user.models import User

# One hint may stand for many notifications; older ones the page reads over HTTP.
MOST_AT_ONCE = 5


class NotificationFeed:
    """The notifications of one person, each new one once."""

    def __init__(self, user_id: int) -> None:
        self.user = User(pk=user_id)
        self.seen_until = timezone.now()

    @database_sync_to_async
    def unread(self) -> int:
        """How many are unread, counted up to 100."""
        return Notification.objects.unread_count(self.user)

    @database_sync_to_async
    def new(self) -> list[dict[str, Any]]:
        """The newest unread ones since the last call, the older first, as the API lists them."""
        rows = Notification.objects.for_list(self.user).filter(
            read_at=None, updated_at__gt=self.seen_until
        )
        newest = list(rows.order_by("-updated_at", "-id")[:MOST_AT_ONCE])
        if newest:
            self.seen_until = newest[0].updated_at
        return [dict(row) for row in NotificationSerializer(newest[::-1], many=True).data]
