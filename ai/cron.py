"""What django-crontab runs each minute; `manage.py build_similarity` does the same by hand."""

import logging

from ai.similarity.job import build_similarity
from ai.similarity.lock import BusyError

logger = logging.getLogger(__name__)


def run() -> None:
    """One minute's job: it logs what happened and never raises, for cron would not listen."""
    try:
        summary = build_similarity()
    except BusyError:
        logger.warning("The job before is still at work; this minute is left out.")
    except Exception:
        logger.exception("The similarity job failed; the last generation stays active.")
    else:
        log = logger.debug if summary.kind == "unchanged" else logger.info
        log(
            "%s: %d users, %d pairs, %d changed, %d parts written, %.2f s",
            summary.kind,
            summary.manifest.users,
            summary.manifest.pairs,
            summary.changed,
            summary.written_parts,
            summary.seconds,
        )
