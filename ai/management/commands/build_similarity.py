"""`manage.py build_similarity`: compute who is similar to whom and write the files."""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ai.similarity import job
from ai.similarity.lock import BusyError


class Command(BaseCommand):
    """The similarity job by hand."""

    help = "Compute the nearest stacks and write the similarity files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--full", action="store_true", help="build everything from nothing")
        parser.add_argument(
            "--verify", type=int, metavar="USERS", help="compare so many users with scikit-learn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once, show how it goes and sum up."""
        bars: dict[str, tqdm[Any]] = {}

        def progress(label: str, done: int, total: int) -> None:
            if label not in bars:
                bars[label] = tqdm(total=total, desc=label, unit="", disable=None)
            bars[label].update(done)

        try:
            summary = job.build_similarity(full=options["full"], progress=progress)
        except BusyError:
            raise CommandError("Another similarity job is at work.") from None
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        finally:
            for bar in bars.values():
                bar.close()
        parts = len(summary.manifest.parts) + len(summary.manifest.taste_parts)
        self.stdout.write(
            f"{summary.kind}: {summary.manifest.users:,} users, {summary.manifest.pairs:,} pairs, "
            f"{summary.changed:,} changed, {summary.seconds:.2f} s, {peak_memory()} at most, "
            f"{summary.written_parts:,} of {parts:,} parts written "
            f"({summary.manifest.generation})"
        )
        if options["verify"]:
            from ai.files.verify import find_differences

            if differences := find_differences(options["verify"]):
                raise CommandError("\n".join(differences))
            self.stdout.write(f"{options['verify']:,} users agree with scikit-learn.")


def peak_memory() -> str:
    """The most memory this process held."""
    if sys.platform == "win32":
        return "unknown memory"
    import resource

    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit:,} MB"
