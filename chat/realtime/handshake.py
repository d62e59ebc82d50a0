"""Who opens a socket: the access token among the offered subprotocols, and the origin."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from channels.db import database_sync_to_async
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken

from chat.constants import SUBPROTOCOL, TOKEN_PREFIX
from user.login.authentication import SESSION_CLAIM, AccessTokenAuthentication
from user.models import User


@dataclass(frozen=True)
class CurrentUser:
    """Who holds the token, by which log-in session, and until when (seconds since 1970)."""

    user: User
    session_id: UUID
    expires_at: int


def offered(subprotocols: Iterable[str]) -> tuple[str | None, str | None]:
    """The subprotocol to pick, and the access token that was offered alongside it."""
    names = list(subprotocols)
    token = next((n.removeprefix(TOKEN_PREFIX) for n in names if n.startswith(TOKEN_PREFIX)), None)
    return (SUBPROTOCOL if SUBPROTOCOL in names else None), token


def language_of(headers: Iterable[tuple[bytes, bytes]], default: str) -> str:
    """The language to answer in: the handshake's `Accept-Language`, or else the account's."""
    asked = dict(headers).get(b"accept-language", b"").decode("latin-1")
    for language, _quality in parse_accept_lang_header(asked):
        with suppress(LookupError):
            return get_supported_language_variant(language)
    return default


@database_sync_to_async
def authenticate(token: str | None) -> CurrentUser | None:
    """Who holds this access token; None for a missing, bad, expired or revoked one."""
    if not token:
        return None
    authentication = AccessTokenAuthentication()
    try:
        checked = authentication.get_validated_token(token.encode())
        user = authentication.get_user(checked)
    except (InvalidToken, AuthenticationFailed, UnicodeEncodeError):
        return None
    return CurrentUser(user, UUID(checked[SESSION_CLAIM]), int(checked["exp"]))


class AllowedOrigin:
    """Refuses pages of other sites; programs that send no Origin have to bring a token anyway.

    Scheme, host and port all count. A page that this server serves itself may, too: its origin is
    the host that the handshake names, by TLS where the site is served by TLS.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        """Serve one socket, or deny the handshake (403)."""
        headers = dict(scope["headers"])
        if is_allowed(headers.get(b"origin"), headers.get(b"host", b"")):
            return await self.application(scope, receive, send)
        return await WebsocketDenier()(scope, receive, send)


def is_allowed(origin: bytes | None, host: bytes) -> bool:
    """Whether a page of this origin, or a program without one, may open a socket at this host."""
    if origin is None:
        return True
    allowed = {_origin(url) for url in (settings.FRONTEND_URL, *settings.CORS_ALLOWED_ORIGINS)}
    name = host.decode("latin-1")
    if validate_host(_hostname(name), settings.ALLOWED_HOSTS):
        scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
        allowed.add(_origin(f"{scheme}://{name}"))
    found = _origin(origin.decode("latin-1"))
    return found is not None and found in allowed


def _origin(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and port else None


def _hostname(host: str) -> str:
    return split_domain_port(host)[0]
