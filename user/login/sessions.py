"""Log-in sessions: refresh tokens that rotate, with detection of stolen ones.

Each log-in is a `Session` row, and only its newest refresh token is valid. The token before it is
accepted for `REFRESH_REUSE_GRACE`, with the same successor, because two tabs may refresh at once.
Any later use of an old token means that a user has a copy: the session ends for everybody.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token
from rest_framework_simplejwt.utils import datetime_to_epoch

from user.login.authentication import SESSION_CLAIM, AccessToken
from user.login.keys import KeyRotationMixin
from user.models import Session, User


class RefreshToken(KeyRotationMixin, Token):
    """A refresh token of a session."""

    token_type = "refresh"  # noqa: S105 - the kind of token, not a secret
    lifetime = api_settings.REFRESH_TOKEN_LIFETIME

    @classmethod
    def for_session(cls, session: Session) -> "RefreshToken":
        """The session's newest token: the same text however often it is asked for."""
        token = cls()
        token.payload |= {
            "jti": session.token_id.hex,
            "exp": datetime_to_epoch(session.expires_at),
            SESSION_CLAIM: session.pk.hex,
        }
        return token


@dataclass(frozen=True)
class TokenPair:
    """What a client gets after logging in or refreshing."""

    access: str
    refresh: str

    @classmethod
    def of(cls, session: Session) -> "TokenPair":
        """The session's newest refresh token and a fresh access token."""
        return cls(
            access=str(AccessToken.for_session(session)),
            refresh=str(RefreshToken.for_session(session)),
        )


def start_session(user: User, user_agent: str = "") -> TokenPair:
    """Log a user in on a new device; sessions of theirs that ran out are removed."""
    now = timezone.now()
    user.sessions.exclude(expires_at__gt=now).delete()
    return TokenPair.of(
        Session.objects.create(
            user=user,
            rotated_at=now,
            expires_at=now + RefreshToken.lifetime,
            user_agent=user_agent[:200],
        )
    )


def rotate_session(raw_token: str) -> TokenPair:
    """Exchange a refresh token for its successor.

    Locks the session's row, so that two requests with one token see each other. Raises
    InvalidToken (401) for a token that is malformed, expired, revoked or used before, and for a
    user who is suspended.
    """
    claims = _read(raw_token)
    token_id = uuid.UUID(claims["jti"])
    now = timezone.now()
    with transaction.atomic():
        session = (
            Session.objects.select_for_update(of=("self",))
            .select_related("user")
            .live(now)
            .filter(pk=uuid.UUID(claims[SESSION_CLAIM]), user__is_active=True)
            .first()
        )
        if session is None:
            raise InvalidToken
        if token_id == session.token_id:
            session.previous_token_id = token_id
            session.token_id = uuid.uuid4()
            session.rotated_at = now
            session.expires_at = now + RefreshToken.lifetime
            session.save(
                update_fields=["previous_token_id", "token_id", "rotated_at", "expires_at"]
            )
            return TokenPair.of(session)
        in_grace = now - session.rotated_at <= settings.REFRESH_REUSE_GRACE
        if token_id == session.previous_token_id and in_grace:
            return TokenPair.of(session)
        session.delete()
    raise InvalidToken


def end_session(raw_token: str) -> None:
    """Log out: revoke the token's whole session. Raises InvalidToken (401) for a bad token."""
    claims = _read(raw_token)
    deleted, _ = Session.objects.filter(pk=uuid.UUID(claims[SESSION_CLAIM])).delete()
    if not deleted:
        raise InvalidToken


def end_all_sessions(user: User) -> None:
    """Log out everywhere: refresh tokens end, and so do the access tokens handed out before."""
    user.sessions.all().delete()


@transaction.atomic
def suspend_users(users: QuerySet[User]) -> list[User]:
    """Lock people out at once, tokens included, and hide what they show.

    Returns those who were not suspended before. Locks their rows.
    """
    suspended = list(users.filter(is_active=True).select_for_update(of=("self",)))
    chosen = User.objects.filter(pk__in=[user.pk for user in suspended])
    chosen.update(is_active=False)
    Session.objects.filter(user__in=suspended).delete()
    return suspended


@transaction.atomic
def unsuspend_users(users: QuerySet[User]) -> list[User]:
    """Let people back in, by a new login; returns those who were out. Locks their rows."""
    let_in = list(users.filter(is_active=False).select_for_update(of=("self",)))
    User.objects.filter(pk__in=[user.pk for user in let_in]).update(is_active=True)
    return let_in


def _read(raw_token: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = RefreshToken(raw_token).payload  # type: ignore[arg-type]
    except (TokenError, UnicodeEncodeError) as error:
        raise InvalidToken from error
    return claims
