"""`manage.py load_data`: many people and projects from CSV files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from sidepro.demo.csv_import import PROJECT_COLUMNS, USER_COLUMNS, CsvFile, Loader, loaded_people


class Command(BaseCommand):
    """Loads people (user_id, skills) and projects (title, description, url, skills).

    Skills are separated by `;`. People who were loaded before are left as they are; projects are
    added each time. A bad row is reported with its line and left out.
    """

    help = __doc__
    _skipped = 0

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, how many projects, and the seed of what is drawn."""
        parser.add_argument("--users", type=Path, metavar="FILE")
        parser.add_argument("--projects", type=Path, metavar="FILE")
        parser.add_argument(
            "--count", type=int, help="make this many projects, using rows more than once"
        )
        parser.add_argument("--seed", type=int, default=1)

    def handle(
        self,
        *args: Any,
        users: Path | None,
        projects: Path | None,
        count: int | None,
        seed: int,
        **options: Any,
    ) -> None:
        """Check both headers, then load."""
        if not (users or projects):
            raise CommandError("Name a file with --users or --projects.")
        people_file = users and _open(users, USER_COLUMNS)
        project_file = projects and _open(projects, PROJECT_COLUMNS)
        loader = Loader(self._report, seed)
        loaded = False
        if people_file:
            batches = loader.load_people(people_file)
            loaded |= self._run("people", people_file.lines - 1, batches)
        if project_file:
            authors = loaded_people()
            if not authors:
                raise CommandError(
                    "There is nobody to be the projects' author: load --users first."
                )
            batches = loader.load_projects(project_file, authors, count)
            loaded |= self._run("projects", count or project_file.lines - 1, batches)
        if not loaded:
            raise CommandError("No row could be loaded.")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # the planner learns how the tables look now

    def _report(self, problem: str) -> None:
        self._skipped += 1
        tqdm.write(problem, file=self.stderr)

    def _run(self, what: str, total: int, batches: Iterator[tuple[int, int]]) -> bool:
        """Load with a progress bar and say what came of it; False when no row was good."""
        self._skipped = good = new = 0
        with tqdm(desc=f"Loading {what}", total=total, unit="", unit_scale=True) as bar:
            for size, added in batches:
                good, new = good + size, new + added
                bar.update(size)
        self.stdout.write(
            f"{what}: {new:,} added, {good - new:,} there already, {self._skipped:,} rows left out"
        )
        return good > 0


def _open(path: Path, columns: tuple[str, ...]) -> CsvFile:
    try:
        return CsvFile(path, columns)
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from None
