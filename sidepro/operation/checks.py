"""System checks: settings that are dangerous on a public site.

`manage.py migrate` and `manage.py wait_for_services` run them, and stop at an error.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

KEY_LENGTH = 50
KEY_VARIETY = 5


@register()
def public_site(**kwargs: Any) -> list[CheckMessage]:
    """What a site that strangers reach must not do."""
    https = settings.FRONTEND_URL.startswith("https://")
    if settings.DEBUG:
        text = "DEBUG must be off on a public site (FRONTEND_URL is https): set DEBUG=false."
        return [Error(text, id="sidepro.E001")] if https else []
    return [*_keys(), *_services(), *_addresses(https)]


@register()
def folders(**kwargs: Any) -> list[CheckMessage]:
    """What is written without a bucket can be written."""
    found: list[CheckMessage] = []
    if not settings.AWS_STORAGE_BUCKET_NAME and not _writable(Path(settings.MEDIA_ROOT)):
        text = f"VAR_DIR: uploads cannot be written to {settings.MEDIA_ROOT}."
        found.append(Error(text, id="sidepro.E002"))
    return found


def _keys() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for name, keys in (
        ("SECRET_KEY", [settings.SECRET_KEY]),
        ("SECRET_KEY_FALLBACKS", settings.SECRET_KEY_FALLBACKS),
    ):
        if any(weak_key(key) for key in keys):
            text = f"{name} is short or well known: use 50 random characters or more."
            found.append(Error(text, id="sidepro.E003"))
    return found


def weak_key(key: str) -> bool:
    """Whether it could be guessed."""
    known = key.startswith(("django-insecure-", "embedded-mode-only"))
    return known or len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY


def _services() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.REDIS_URL:
        text = (
            "REDIS_URL must be set when DEBUG is off: in memory, processes neither reach each"
            " other's sockets nor count each other's requests."
        )
        found.append(Error(text, id="sidepro.E004"))
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        text = "DATABASE_URL is not set: SQLite serves one machine only."
        found.append(Caution(text, id="sidepro.W001"))
    if not settings.AWS_STORAGE_BUCKET_NAME:
        text = "AWS_STORAGE_BUCKET_NAME is not set: uploads stay in VAR_DIR on this machine."
        found.append(Caution(text, id="sidepro.W002"))
    if settings.EMAIL_BACKEND.endswith("mailbox.EmailBackend"):
        text = "EMAIL_URL is not set: nobody gets the mails to reset a password."
        found.append(Caution(text, id="sidepro.W003"))
    return found


def _addresses(https: bool) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not https:
        text = f"FRONTEND_URL must begin with https://, not {settings.FRONTEND_URL}."
        # for a trial without TLS, the cookies say so as well
        kind = Error if settings.SESSION_COOKIE_SECURE else Caution
        found.append(kind(text, id="sidepro.E005" if kind is Error else "sidepro.W004"))
    if not urlsplit(settings.FRONTEND_URL).hostname:
        text = "FRONTEND_URL must be an address such as https://sidepro.example."
        found.append(Error(text, id="sidepro.E006"))
    if "*" in settings.ALLOWED_HOSTS:
        text = "ALLOWED_HOSTS must name the site's hosts, not *: links in mails are built from it."
        found.append(Error(text, id="sidepro.E007"))
    if not settings.REST_FRAMEWORK["NUM_PROXIES"]:
        text = "NUM_PROXIES is 0: behind Nginx, all people share one limit of log-ins."
        found.append(Caution(text, id="sidepro.W005"))
    return found


def _writable(folder: Path) -> bool:
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)
