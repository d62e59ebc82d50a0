"""Sends the mails that are due, each person's in one."""

import logging
import smtplib
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from notification import outbox
from notification.constants import RUN_FOR, Channel
from notification.mail.message import message_for
from notification.models import Delivery, Settings
from user.models import User

logger = logging.getLogger(__name__)

Status = Delivery.Status
PERMANENT = 500
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


class ServerAwayError(Exception):
    """The mail server cannot be reached or takes nothing now; another minute may do better."""


def send_due() -> int:
    """Send what is due, for most of a minute; returns how many mails the server took."""
    if not settings.MAIL_ENABLED or outbox.is_paused():
        return 0
    sent = 0
    with _connection() as connection:
        for reader, deliveries in outbox.claimed(Delivery, timezone.now() + RUN_FOR):
            try:
                sent += _send(connection, reader, deliveries)
            except ServerAwayError as error:
                logger.warning("The mail server is away: %s", error)
                break
            except Exception:
                # one person's mail does not keep everybody else's back
                logger.exception("The mail to user %s could not be made", reader.pk)
                outbox.try_later(deliveries, "could not be made")
    return sent


class _connection:  # noqa: N801 - reads as what it is in a `with`
    """A connection that is closed whatever the server does."""

    def __enter__(self) -> BaseEmailBackend:
        backend = settings.EMAIL_BACKEND
        if backend == "django.core.mail.backends.smtp.EmailBackend":
            backend = "notification.mail.smtp.EmailBackend"
        self.connection = get_connection(backend)
        return self.connection

    def __exit__(self, *_: Any) -> None:
        with suppress(OSError):
            self.connection.close()


def _send(connection: BaseEmailBackend, reader: User, deliveries: list[Delivery]) -> int:
    """Send one person's mail; 1 when the server took it. Raises ServerAwayError."""
    rows = outbox.still_wanted(reader, deliveries, Channel.MAIL)
    kept = [d for d in deliveries if d.notification_id in {row.pk for row in rows}]
    if settings.EMAIL_VERIFICATION == "required" and not reader.email_verified:
        outbox.finish(kept, Status.CANCELLED, "address not confirmed")
        return 0
    if not kept:
        return 0
    # the same for each try, so that a server which keeps mails by it has one
    message_id = f"<notification-{kept[0].pk}@{settings.MAIL_DOMAIN}>"
    message = message_for(reader, rows, message_id)
    try:
        connection.open()
    except OSError as error:  # smtplib's errors are of this kind as well
        raise ServerAwayError(type(error).__name__) from error
    try:
        _hand_over(connection, message, kept)
    except outbox.ClaimLostError:
        return 0
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _refused(reader, kept, code, text)
        return 0
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        _refused(reader, kept, error.smtp_code, error.smtp_error, is_the_person=False)
        return 0
    except OSError as error:
        # without an answer the server did not take it (RFC 5321, 4.2.5)
        outbox.try_later(kept, type(error).__name__)
        raise ServerAwayError(type(error).__name__) from error
    outbox.finish(kept, Status.SENT)
    Settings.objects.filter(user=reader, bounces__gt=0).update(bounces=0)
    return 1


def _hand_over(
    connection: BaseEmailBackend, message: EmailMultiAlternatives, deliveries: list[Delivery]
) -> None:
    """Give a mail to the server, noting it as it goes. Raises OSError and smtplib's errors."""
    smtp = getattr(connection, "connection", None)
    try:
        if smtp is None:
            with outbox.noted_handover(deliveries):
                connection.send_messages([message])
        else:
            smtp.handover = lambda: outbox.noted_handover(deliveries)
            connection.send_messages([message])
    except REFUSALS:
        raise
    except OSError:
        # what the server makes of half a conversation is not for us to guess
        with suppress(OSError):
            connection.close()
        raise


def _refused(
    reader: User,
    deliveries: list[Delivery],
    code: int,
    text: bytes | str,
    *,
    is_the_person: bool = True,
) -> None:
    """The server said no: for now, or for good; three times for good turn the person's mail off."""
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    error = f"{code} {said}"
    if code < PERMANENT:
        outbox.try_later(deliveries, error)
        return
    outbox.finish(deliveries, Status.FAILED, error)
    if is_the_person:
        Settings.objects.get_or_create(user=reader)
        Settings.objects.filter(user=reader).update(bounces=F("bounces") + 1)
