"""Mails of the embedded mode: printed, kept in `var/mail/`, and shown at `/mail/`."""

import email
import email.policy
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage as OutgoingMessage
from django.core.mail.backends import console
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

MOST = 100


class EmailBackend(console.EmailBackend):
    """Prints each mail, and keeps it as a file that any mail program opens."""

    def send_messages(self, email_messages: Sequence[OutgoingMessage]) -> int:
        """Print and keep. Raises OSError when `var/mail/` cannot be written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return super().send_messages(email_messages)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest mails, for anyone who tries the site out. Raises Http404 on a public site."""
    files = sorted(_folder().glob("*.eml"), reverse=True)[:MOST]
    mails = [{"name": file.stem, "message": _read(file)} for file in files]
    return render(request, "sidepro/mailbox.html", {"mails": mails})


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as a mail program would show it. Raises Http404."""
    file = _folder() / f"{name}.eml"
    if not file.is_file():
        raise Http404
    body = _read(file).get_body(("html", "plain"))
    if body is None:
        raise Http404
    return HttpResponse(
        body.get_content(), content_type=f"{body.get_content_type()}; charset=utf-8"
    )


def _folder() -> Path:
    if not settings.DEBUG:
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)


def _read(file: Path) -> EmailMessage:
    with file.open("rb") as stream:
        return email.message_from_binary_file(stream, policy=email.policy.default)
