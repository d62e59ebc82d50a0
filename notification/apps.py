"""The notifications app."""

from django.apps import AppConfig


class NotificationConfig(AppConfig):
    """What people are notified of, and how. May import `user` and `moderation`."""

    name = "notification"
    verbose_name = "알림"

    def ready(self) -> None:
        """Connect the receivers."""
        from notification import receivers  # noqa: F401
