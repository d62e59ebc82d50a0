"""`manage.py serve`: the embedded mode's server, ready to look at."""

from typing import Any

from daphne.server import Server
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sidepro.asgi import application
from sidepro.demo.accounts import LOGINS
from user.models import User


class Command(BaseCommand):
    """Migrates, makes demo data for an empty site, and serves HTTP and WebSocket in one process."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The port."""
        parser.add_argument("port", type=int, nargs="?", default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Serve until a signal comes."""
        call_command("wait_for_services")
        self.migrate()
        if settings.DEBUG and not User.objects.exists():
            call_command("demo")
        emails = [login.email for login in LOGINS]
        known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
        lines = [
            f"SidePro is running on http://localhost:{port}/  (Ctrl-C ends it)",
            *(f"  demo login: {login}" for login in LOGINS if login.email in known),
        ]
        connection.close()
        Server(
            application,
            endpoints=[f"tcp:port={port}:interface=127.0.0.1"],
            server_name="SidePro",
            ready_callable=lambda: print("\n".join(lines), flush=True),
        ).run()

    def migrate(self) -> None:
        """Bring the tables up to date; asking first is faster than `migrate` with nothing to do."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("· Preparing the database")
            call_command("migrate", verbosity=0)
