"""The moderation app."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Blocks, reports and the moderators' queue. Knows only `user`."""

    name = "moderation"
    verbose_name = "안전"

    def ready(self) -> None:
        """Let people be reported; other kinds are registered by the apps that own them."""
        from moderation import people, targets

        targets.register(people.KIND)
