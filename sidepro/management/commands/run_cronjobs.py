"""`manage.py run_cronjobs`: what cron does in production, in one process (embedded mode)."""

import logging
import os
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from sidepro.operation import logs

logger = logging.getLogger(__name__)

# minute, hour, day of month, month, day of week (0 is Sunday)
FIELDS = ("%M", "%H", "%d", "%m", "%w")


class Command(BaseCommand):
    """Runs the jobs of CRONJOBS when they are due, until a signal comes."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at the clock once a minute, the first time at once."""
        if hasattr(os, "nice"):
            os.nice(10)  # the site alongside it goes first
        while True:
            now = timezone.localtime()
            for schedule, job, *_ in getattr(settings, "CRONJOBS", []):
                if is_due(schedule, now):
                    run(job)
            time.sleep(60 - time.time() % 60)


def is_due(schedule: str, now: datetime) -> bool:
    """Whether a crontab schedule (with numbers, `*`, `*/5`, `1-5`, `1,5`) names this minute."""
    return all(
        any(_holds(part, int(now.strftime(field))) for part in wanted.split(","))
        for wanted, field in zip(schedule.split(), FIELDS, strict=True)
    )


def _holds(part: str, value: int) -> bool:
    span, _, step = part.partition("/")
    first, _, last = span.partition("-")
    if span != "*" and not int(first) <= value <= int(last or first):
        return False
    return (value - (0 if span == "*" else int(first))) % int(step or 1) == 0


def run(job: str) -> None:
    """Run one job; its failure is logged and does not keep the others from running."""
    close_old_connections()
    with logs.request_id():
        try:
            import_string(job)()
        except Exception:
            logger.exception("The job %s failed", job)
        finally:
            close_old_connections()
