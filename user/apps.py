"""The accounts app."""

from django.apps import AppConfig
from django.db.models import CharField
from django.db.models.functions import Lower


class UserConfig(AppConfig):
    """Accounts, profiles, skills, uploaded images and log-in sessions. Knows no other app."""

    name = "user"
    verbose_name = "사용자"

    def ready(self) -> None:
        """Connect the receivers and make nicknames comparable without case."""
        CharField.register_lookup(Lower)  # `username__lower=…` uses the unique index
        from user import signals  # noqa: F401
