"""`manage.py demo`: people and projects to look at, for a site without real ones."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sidepro.demo.build import build


class Command(BaseCommand):
    """Makes the demo data that is not there yet; refuses where DEBUG is off."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make everything or, when something fails, nothing."""
        if not settings.DEBUG:
            raise CommandError("Demo data has well-known passwords: DEBUG must be on.")
        with transaction.atomic():
            build()
