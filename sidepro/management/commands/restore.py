"""`manage.py restore FILE`: brings back what `manage.py backup` wrote (`make restore`)."""

from pathlib import Path
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sidepro.operation import backup, nightly_backup


class Command(BaseCommand):
    """Replaces the database by the backup's, as a whole or not at all. Stop the site first."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The backup, and the permission to replace what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace a database with content")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        """Restore, and say what remains to be done."""
        try:
            if settings.BACKUP_BUCKET_NAME and not file.exists():
                file = nightly_backup.fetch(file.name)
            backup.restore(file, overwrite=yes)
        except (OSError, Boto3Error, ClientError) as error:
            raise CommandError(f"The backup could not be restored: {error}") from None
        self.stdout.write("Restored. Now run `manage.py migrate` and start the site.")
