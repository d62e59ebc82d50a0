"""Logs: JSON lines in production, text for people with DEBUG, each with a request id.

python-json-logger only formats, so that the program keeps logging through the standard library.
Passwords, tokens and keys are masked in whatever is logged, tracebacks included.
"""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# Outside of a request, the id of this process: each run of a cron job is one.
PROCESS_ID = f"process-{secrets.token_hex(8)}"
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
MASK = "***"
SECRET_NAME = re.compile(r"(?i)(password|secret|token|cookie|authorization|api_?key|sessionid)")

_SECRETS = (
    (re.compile(r"eyJ[\w-]{5,}\.[\w-]+\.[\w-]*"), MASK),  # a JSON Web Token
    (re.compile(r"(\w://[^\s:/@]*:)[^\s/@]+(?=@)"), rf"\1{MASK}"),  # in an address
    (re.compile(r"(?i)\b(bearer[ .])[^\s\"'\\,]+"), rf"\1{MASK}"),
    (
        re.compile(
            rf"{SECRET_NAME.pattern}(\w*"
            r"[\\\"']*\s*[=:]\s*[\\\"']*)(?!bearer)[^\s\"'\\,;&)}\]]+"
        ),
        rf"\1\2{MASK}",
    ),
)

_current: ContextVar[str] = ContextVar("request_id", default=PROCESS_ID)


def current_id() -> str:
    """The id of the request, socket or process at work."""
    return _current.get()


@contextmanager
def request_id(offered: str | None = None) -> Iterator[str]:
    """Log under the offered id when it is short and harmless, else under a new one."""
    valid = offered is not None and REQUEST_ID.fullmatch(offered)
    chosen = offered if offered and valid else secrets.token_hex(16)
    before = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(before)


def mask(text: str) -> str:
    """The text without what only its owner may know."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class RequestIdFilter(logging.Filter):
    """Gives each record the id of what it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add `request_id`; nothing is left out."""
        record.request_id = current_id()
        return True


class TextFormatter(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        return mask(super().format(record))


class JsonLineFormatter(JsonFormatter):
    """One JSON object a line, for machines."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """The fields, masked one by one, so that the line stays JSON."""
        return {
            key: MASK if SECRET_NAME.search(key) else mask(value) if type(value) is str else value
            for key, value in log_data.items()
        }


def config(level: str, *, debug: bool) -> dict[str, Any]:
    """What `logging.config.dictConfig` needs; Gunicorn's own process reads it as well."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}},
        "formatters": {
            "text": {
                "()": TextFormatter,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {
                "()": JsonLineFormatter,
                "format": "{levelname}{name}{message}{request_id}",
                "style": "{",
                "timestamp": "time",
                "rename_fields": {"levelname": "level", "name": "logger"},
                "json_ensure_ascii": False,
            },
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"],
                "formatter": "text" if debug else "json",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "daphne": {"level": "WARNING"},
            "django.server": {"level": "WARNING"},
            # What clients get wrong stands in the access log; this one is for what we get wrong.
            "django.request": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
            # One line for each request and socket, where no person reads along.
            "sidepro.access": {"level": "WARNING" if debug else level},
            "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": True},
        },
    }
