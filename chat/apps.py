"""The coffee chat app."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Rooms for two, their messages and who is present. May import the floors below."""

    name = "chat"
    verbose_name = "커피챗"

    def ready(self) -> None:
        """Connect the receivers, and let messages be reported."""
        from chat import reportable, signals  # noqa: F401
        from moderation import targets

        targets.register(reportable.MESSAGES)
