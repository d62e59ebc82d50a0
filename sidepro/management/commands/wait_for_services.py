"""`manage.py wait_for_services`: what a container runs before its server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sidepro.operation import dependencies


class Command(BaseCommand):
    """Waits until database, Redis and bucket answer; fails when they do not in time."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How long."""
        parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS")

    def handle(self, *args: Any, timeout: float, **options: Any) -> None:
        """Wait, and say for what."""
        missing = dependencies.wait(timeout, self.stderr.write)
        if missing:
            raise CommandError(" ".join(missing))
