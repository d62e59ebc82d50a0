"""The coffee chat app."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Rooms for two, their messages and who is present. May import `user`."""

    name = "chat"
    verbose_name = "커피챗"

    def ready(self) -> None:
        """Connect the receivers."""
        from chat import signals  # noqa: F401
