"""`manage.py backup`: the database and the local uploads in one file (`make backup`)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sidepro.operation import backup


class Command(BaseCommand):
    """Writes a backup while the site is in use."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write it."""
        parser.add_argument("--to", type=Path, metavar="FILE", help="var/backups/… by default")

    def handle(self, *args: Any, to: Path | None, **options: Any) -> None:
        """Write it and say where it is."""
        name = f"sidepro-{timezone.now():%Y%m%d-%H%M%S}.tar"
        target = to or settings.VAR_DIR / "backups" / name
        try:
            backup.make(target)
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error}") from None
        self.stdout.write(f"{target} ({target.stat().st_size / 1e6:.1f} MB)")
