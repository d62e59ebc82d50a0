"""Sends the pushes that are due, each browser's in one."""

import logging
from contextlib import closing
from email.utils import parseaddr
from http.client import HTTPException
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

import pywebpush
import requests
from django.conf import settings
from django.utils import timezone

from notification import outbox
from notification.constants import PUSH_KEPT_FOR, PUSH_TIMEOUT, RUN_FOR, Channel
from notification.models import PushDelivery, Subscription
from notification.push.endpoint import ForbiddenEndpointError, connect
from notification.push.message import message_for
from user.models import User

logger = logging.getLogger(__name__)

Status = PushDelivery.Status
TAKEN = {200, 201, 202}
GONE = {404, 410}
# Another minute may do better, as after a 5xx; all else is for good.
BUSY = {408, 429}
SERVER_ERROR = 500


def send_due() -> int:
    """Send what is due, for most of a minute; returns how many pushes were taken."""
    if not settings.PUSH_ENABLED:
        PushDelivery.objects.waiting().update(status=Status.CANCELLED, done_at=timezone.now())
        return 0
    if outbox.is_paused():
        return 0
    sent = 0
    away: set[str] = set()  # push services that did not answer: not waited for twice
    for reader, deliveries in outbox.claimed(
        PushDelivery, timezone.now() + RUN_FOR, "subscription"
    ):
        service = urlsplit(deliveries[0].subscription.endpoint).netloc
        try:
            if service in away:
                outbox.try_later(deliveries, "away")
            else:
                sent += _send(reader, deliveries)
        except (OSError, HTTPException) as error:
            # only an answer says that a push was taken (RFC 8030, 5)
            logger.warning("%s is away: %s", service, type(error).__name__)
            away.add(service)
            outbox.try_later(deliveries, type(error).__name__)
        except Exception:
            # one person's push does not keep everybody else's back
            logger.exception("The push to user %s could not be made", reader.pk)
            outbox.try_later(deliveries, "could not be made")
    return sent


def _send(reader: User, deliveries: list[PushDelivery]) -> int:
    """Send one browser's push; 1 when it was taken.

    Raises OSError or HTTPException where the push service gives no answer.
    """
    rows = outbox.still_wanted(reader, deliveries, Channel.PUSH)
    kept = [d for d in deliveries if d.notification_id in {row.pk for row in rows}]
    if not kept:
        return 0
    subscription = kept[0].subscription
    try:
        answer = _post(subscription, message_for(reader, rows), kept)
    except outbox.ClaimLostError:
        return 0
    except ForbiddenEndpointError:
        subscription.delete()
        return 0
    if answer in GONE:
        subscription.delete()
    elif answer in BUSY or answer >= SERVER_ERROR:
        outbox.try_later(kept, str(answer))
    elif answer not in TAKEN:
        outbox.finish(kept, Status.FAILED, str(answer))
    else:
        return int(outbox.finish(kept, Status.SENT) > 0)
    return 0


def _post(subscription: Subscription, message: str, deliveries: list[PushDelivery]) -> int:
    """Encrypt, sign and send; the status of the answer."""
    try:
        answer = pywebpush.webpush(
            {
                "endpoint": subscription.endpoint,
                "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
            },
            message,
            vapid_private_key=settings.VAPID_PRIVATE_KEY,
            vapid_claims={"sub": _contact()},
            ttl=int(PUSH_KEPT_FOR.total_seconds()),
            timeout=PUSH_TIMEOUT.total_seconds(),
            requests_session=cast(requests.Session, _HandingOver(deliveries)),
        )
    except pywebpush.WebPushException as error:
        if error.status_code is None:
            raise
        return int(error.status_code)
    return cast(requests.Response, answer).status_code


class _HandingOver:
    """What `pywebpush` sends with: notes the handover between the request and its answer."""

    def __init__(self, deliveries: list[PushDelivery]) -> None:
        self.deliveries = deliveries

    def post(
        self, endpoint: str, *, data: bytes, headers: dict[str, str], timeout: float
    ) -> SimpleNamespace:
        """Send one push; what `pywebpush` reads of an answer."""
        parts = urlsplit(endpoint)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        with closing(connect(endpoint)) as connection:
            connection.connect()
            with outbox.noted_handover(self.deliveries):
                connection.request("POST", path, data, headers)
            answer = connection.getresponse()
            return SimpleNamespace(
                status_code=answer.status, reason=answer.reason, text="", headers={}
            )


def _contact() -> str:
    """Whom a push service may turn to (RFC 8292, 2.1)."""
    if settings.FRONTEND_URL.startswith("https://"):
        return str(settings.FRONTEND_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
