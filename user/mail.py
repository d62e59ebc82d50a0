"""Mails: one look for all of them, as text and as HTML, in the language of who reads them."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language

logger = logging.getLogger(__name__)

# Mail goes out alongside the request, so that an answer's time does not show who has one here.
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


@dataclass(frozen=True)
class Item:
    """One thing that a mail tells, with what was said and the page that shows it."""

    text: str
    quote: str = ""
    url: str = ""

    @property
    def quoted_lines(self) -> list[str]:
        """What was said, line by line, for the plain text."""
        return self.quote.splitlines()


@dataclass(frozen=True)
class Mail:
    """What a mail says, in the language that is active; templates give it its look."""

    subject: str
    heading: str
    paragraphs: Sequence[str] = ()
    items: Sequence[Item] = ()
    button: tuple[str, str] | None = None  # its label and address
    footer: Sequence[Item] = ()
    language: str | None = field(default_factory=get_language)


def compose(mail: Mail, to: str, headers: dict[str, str] | None = None) -> EmailMultiAlternatives:
    """The message to one address, ready to be sent."""
    context = {"mail": mail, "site": settings.FRONTEND_URL, "language": mail.language}
    message = EmailMultiAlternatives(
        mail.subject, render_to_string("mail/message.txt", context), to=[to], headers=headers
    )
    message.attach_alternative(render_to_string("mail/message.html", context), "text/html")
    return message


def send_later(to: str, mail: Mail) -> None:
    """Send a mail soon; where that fails it stands in the log, and its reader asks again."""
    _pool.submit(_send, to, mail)


def _send(to: str, mail: Mail) -> None:
    try:
        compose(mail, to).send()
    except OSError:
        logger.exception("A mail could not be sent")
