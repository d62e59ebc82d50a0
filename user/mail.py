"""Mails that an account's own doing causes: sent at once, alongside the request."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.core.mail import send_mail

logger = logging.getLogger(__name__)

# Mail goes out beside the request, so that the time of an answer tells nobody who has an account.
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def send_later(to: str, subject: str, body: str) -> None:
    """Send a mail soon; where that fails it stands in the log, and its reader asks again."""
    _pool.submit(_send, to, subject, body)


def _send(to: str, subject: str, body: str) -> None:
    try:
        send_mail(subject, body, None, [to])
    except OSError:
        logger.exception("A mail could not be sent")
