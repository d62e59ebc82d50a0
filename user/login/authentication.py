"""Access tokens: who is calling."""

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework_simplejwt import tokens
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed
from rest_framework_simplejwt.tokens import Token

from user.login.keys import KeyRotationMixin
from user.models import Session, User

SESSION_CLAIM = "sid"


class AccessToken(KeyRotationMixin, tokens.AccessToken):
    """A short-lived token that says who is calling, and in which log-in session.

    It works only as long as the session: a log-out, a new password, a suspension or a refresh
    token that was used twice ends it at once.
    """

    @classmethod
    def for_session(cls, session: Session) -> "AccessToken":
        """A fresh token of the session's user."""
        token = cls.for_user(session.user)
        token[SESSION_CLAIM] = session.pk.hex
        return token


def current_user(request: Request) -> User:
    """Who is calling a view that only people who are signed in may call."""
    assert isinstance(request.user, User)
    return request.user


def current_session(request: Request) -> Session:
    """The log-in session of a view's caller. Raises AuthenticationFailed when it just ended."""
    assert isinstance(request.auth, Token)
    session = Session.objects.filter(pk=request.auth[SESSION_CLAIM]).first()
    if session is None:
        raise AuthenticationFailed(_("로그인이 만료됐어요."), code="token_revoked")
    return session


class AccessTokenAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access token>`."""

    def get_user(self, validated_token: Token) -> User:  # type: ignore[override]
        """The user of the token's session, from one query.

        Raises AuthenticationFailed when the session has ended or the user is suspended.
        """
        session = validated_token.get(SESSION_CLAIM)
        user = User.objects.filter(sessions=session, is_active=True).first() if session else None
        if user is None:
            raise AuthenticationFailed(_("로그인이 만료됐어요."), code="token_revoked")
        return user
