"""Errors to Sentry, if SENTRY_DSN names one: without people's data and without secrets."""

from typing import Any

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from sentry_sdk.types import Event
from sentry_sdk.utils import BadDsn

from sidepro.operation import logs


def start(dsn: str, environment: str) -> None:
    """Report what is logged as an error from now on."""
    try:
        sentry_sdk.init(
            dsn=dsn,
            environment=environment,
            send_default_pii=False,
            include_local_variables=False,  # they may hold passwords and messages
            max_request_body_size="never",
            before_send=cleaned,
        )
    except BadDsn as error:
        raise ImproperlyConfigured(f"SENTRY_DSN is no Sentry address: {error}.") from None


def cleaned(event: Event, hint: dict[str, Any]) -> Event:
    """The event without the query, and masked, under the id of its request."""
    event.get("request", {}).pop("query_string", None)
    masked: Event = _masked(event)
    masked.setdefault("tags", {})["request_id"] = logs.current_id()
    return masked


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return logs.mask(value)
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return value
