"""Reads the environment, typed: a wrong value ends the program with one sentence that names it.

Every variable of the project is read by one of these functions, each of which raises
ImproperlyConfigured with "NAME: what is wrong". An empty value counts as not set.
What only SidePro's own processes read (Gunicorn's workers) is read here as well.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from sentry_sdk.utils import BadDsn, Dsn

BASE_DIR = Path(__file__).resolve().parent.parent
if (BASE_DIR / ".env").is_file():
    environ.Env.read_env(str(BASE_DIR / ".env"))

# Every variable that was asked for (the operator's page lists them all; a test compares).
known: set[str] = set()

SWITCHES = {"true": True, "on": True, "yes": True, "1": True} | {
    "false": False,
    "off": False,
    "no": False,
    "0": False,
}
LABEL = r"[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?i){LABEL}(\.{LABEL})*\.?|\[[0-9a-f:.]+\]")
DOMAIN = rf"{LABEL}(\.{LABEL})*(:[0-9]{{1,5}})?(/[\w./-]*)?"  # as browsers read a bucket
RATE = re.compile(r"[1-9]\d{0,8}/(s|sec|second|m|min|minute|h|hour|d|day)")


@contextmanager
def exit_when_wrong() -> Iterator[None]:
    """End the program with the sentence, and no traceback, where a setting is wrong."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def load_settings() -> None:
    """Load Django's settings, or end the program; what every entry point calls first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidepro.settings")
    from django.conf import settings

    with exit_when_wrong():
        assert settings.SECRET_KEY


def text(name: str, default: str = "", pattern: str = "", example: str = "") -> str:
    """Text, which has to match the whole pattern when there is one."""
    known.add(name)
    value = os.environ.get(name, "").strip()
    if value and pattern and not re.fullmatch(pattern, value):
        raise _wrong(name, f"must look like {example}, not {value!r}")
    return value or default


def required(name: str, why: str) -> None:
    """Raise ImproperlyConfigured when the variable is not set."""
    if not text(name):
        raise _wrong(name, f"must be set {why}")


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of the options, in their spelling."""
    value = text(name, default)
    for option in options:
        if value.lower() == option.lower():
            return option
    raise _wrong(name, f"must be one of {', '.join(options)}, not {value!r}")


def switch(name: str, default: bool) -> bool:
    """On or off."""
    value = text(name).lower()
    if value and value not in SWITCHES:
        raise _wrong(name, f"must be true or false, not {value!r}")
    return SWITCHES.get(value, default)


def whole(name: str, default: int, least: int = 0, most: int = 10**9) -> int:
    """A whole number between two others."""
    value = text(name, str(default))
    if not re.fullmatch(r"-?[0-9]{1,18}", value) or not least <= int(value) <= most:
        raise _wrong(name, f"must be a whole number from {least} to {most}, not {value!r}")
    return int(value)


def words(name: str, default: list[str] | None = None) -> list[str]:
    """Values separated by commas."""
    found = [word.strip() for word in text(name).split(",") if word.strip()]
    return found or list(default or [])


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names as Django's ALLOWED_HOSTS takes them: no scheme, port or path."""
    found = words(name, default)
    for host in found:
        if host != "*" and not HOST.fullmatch(host.removeprefix(".")):
            raise _wrong(name, f"must hold host names such as sidepro.example, not {host!r}")
    return found


def origin(name: str, default: str) -> str:
    """A scheme and a host (and a port), as a browser names where a page comes from."""
    return _origin(name, text(name, default))


def origins(name: str) -> list[str]:
    """Origins, separated by commas."""
    return [_origin(name, word) for word in words(name)]


def address(name: str, schemes: tuple[str, ...]) -> str:
    """An address with one of the schemes, or nothing."""
    value = text(name)
    if value:
        _parts(name, value, schemes)
    return value


def bucket(name: str) -> str:
    """The name of a bucket, or nothing."""
    return text(name, "", r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "sidepro-uploads")


def redis(name: str) -> str:
    """redis://, rediss:// or nothing."""
    value = text(name)
    if value:
        parts = _parts(name, value, ("redis", "rediss"))
        if not re.fullmatch(r"(/\d*)?", parts.path):
            raise _wrong(name, "must end with the number of a database, such as /0")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Django's description of the database at an address (`postgres://` or `sqlite:///`)."""
    value = text(name, default)
    if value.startswith("sqlite:///"):
        if not Path(value.removeprefix("sqlite:///")).parent.is_dir():
            raise _wrong(name, "names a file in a folder that is not there")
    elif not _parts(name, value, ("postgres", "postgresql")).path.strip("/"):
        raise _wrong(name, "must end with the database's name, such as /sidepro")
    with _explained(name, "is not an address of a database"):
        config: dict[str, Any] = environ.Env.db_url_config(value)
    return config


def email(name: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for `smtp://`, `smtp+tls://` or `smtp+ssl://`; {} for nothing."""
    value = text(name)
    if not value:
        return {}
    _parts(name, value, ("smtp", "smtps", "smtp+tls", "smtp+ssl"))
    with _explained(name, "is not an address of a mail server"):
        config: dict[str, Any] = environ.Env.email_url_config(value)
    return config


def mailbox(name: str, default: str) -> str:
    """A sender, such as `SidePro <no-reply@sidepro.example>`."""
    value = text(name, default)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]) or "\n" in value:
        raise _wrong(name, f"must look like SidePro <no-reply@sidepro.example>, not {value!r}")
    return value


def rate(name: str, default: str) -> str:
    """A number of requests in a time, as DRF's throttles take it."""
    return text(name, default, RATE.pattern, "10/min")


def dotted(name: str, default: str) -> str:
    """The path of something that can be imported."""
    value = text(name, default)
    with _explained(name, f"{value!r} cannot be imported"):
        import_string(value)
    return value


def sentry(name: str) -> str:
    """Sentry's address, or nothing."""
    value = text(name)
    try:
        if value:
            Dsn(value)
    except BadDsn:
        raise _wrong(name, "must be an address that Sentry gave out") from None
    return value


def folder(name: str, default: Path) -> Path:
    """A folder that is there (or was made just now) and can be written."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _wrong(name, f"{path} cannot be made ({error.strerror})") from None
    if not os.access(path, os.W_OK):
        raise _wrong(name, f"{path} cannot be written")
    return path


def folder_or_bucket(name: str, default: Path) -> str:
    """A folder, or an `s3://bucket/prefix`."""
    value = text(name)
    if not value.startswith("s3://"):
        return str(folder(name, default))
    _parts(name, value, ("s3",))
    return value


def _origin(name: str, value: str) -> str:
    value = value.rstrip("/")
    parts = _parts(name, value, ("https", "http"))
    if parts.path or parts.query or "@" in parts.netloc:
        raise _wrong(name, f"must be an origin such as https://sidepro.example, not {value!r}")
    return value


def _parts(name: str, value: str, schemes: tuple[str, ...]) -> SplitResult:
    """The address's parts; what is wrong is said without its password."""
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in schemes:
        raise _wrong(name, f"must begin with {' or '.join(f'{each}://' for each in schemes)}")
    if "#" in rest or re.search(r"\s", rest):
        raise _wrong(name, "holds a # or a blank: in a password, write %23 and %20")
    problem = "has no valid host and port: in a password, write %2F for / and %40 for @"
    with _explained(name, problem):
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    # libpq takes the folder of a socket for a host, and none for its own default
    local = scheme.startswith("postgres") and (not parts.netloc or host.startswith("%2f"))
    if port == 0 or not (local or ":" in host or HOST.fullmatch(host)):
        raise _wrong(name, problem)
    return parts


@contextmanager
def _explained(name: str, problem: str) -> Iterator[None]:
    """What a library says becomes the one sentence; its own words may hold a password."""
    try:
        yield
    except (ValueError, LookupError, ImportError, TypeError):
        raise _wrong(name, problem) from None


def _wrong(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {problem}.")
