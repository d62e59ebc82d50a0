"""Who opens a socket: the access token among the offered subprotocols, and the origin."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from channels.db import database_sync_to_async
from channels.security.websocket import OriginValidator
from django.conf import settings
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken

from chat.constants import SUBPROTOCOL, TOKEN_PREFIX
from user.authentication import SESSION_CLAIM, AccessTokenAuthentication
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


class AllowedOrigin(OriginValidator):
    """Refuses pages of other sites; programs that send no Origin have to bring a token anyway."""

    def __init__(self, application: Any) -> None:
        origins = [settings.FRONTEND_URL, *settings.CORS_ALLOWED_ORIGINS]
        super().__init__(application, [*settings.ALLOWED_HOSTS, *origins])

    def valid_origin(self, parsed_origin: Any) -> bool:
        """Whether a page of this origin may open a socket."""
        if parsed_origin is None:
            return True
        return bool(urlsplit(parsed_origin.geturl()).hostname) and self.validate_origin(
            parsed_origin
        )
