"""Access tokens: who is calling."""

from rest_framework.request import Request
from rest_framework_simplejwt import tokens
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed
from rest_framework_simplejwt.tokens import Token

from user.keys import KeyRotationMixin
from user.models import User

VERSION_CLAIM = "ver"


class AccessToken(KeyRotationMixin, tokens.AccessToken):
    """A short-lived token that says who is calling."""


def access_token_for(user: User) -> AccessToken:
    """A fresh access token; it ends at once when the user is suspended or the version rises."""
    token = AccessToken.for_user(user)
    token[VERSION_CLAIM] = user.token_version
    return token


def current_user(request: Request) -> User:
    """Who is calling a view that only people who are signed in may call."""
    assert isinstance(request.user, User)
    return request.user


class AccessTokenAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access token>`."""

    def get_user(self, validated_token: Token) -> User:  # type: ignore[override]
        """The token's user, from one query.

        Raises AuthenticationFailed for a suspended or deleted user and for a revoked token.
        """
        user = super().get_user(validated_token)
        assert isinstance(user, User)
        if validated_token.get(VERSION_CLAIM) != user.token_version:
            raise AuthenticationFailed("로그인이 만료되었습니다.", code="token_revoked")
        return user
