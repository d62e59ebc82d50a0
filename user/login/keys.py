"""Tokens that stay readable while the secret key is rotated."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken


class KeyRing(TokenBackend):
    """Signs with SECRET_KEY, and reads what any of SECRET_KEY_FALLBACKS signed as well."""

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        """The claims. Raises TokenBackendError for a token of no key of ours."""
        try:
            return super().decode(token, verify)
        except TokenBackendExpiredToken:
            raise
        except TokenBackendError:
            for key in settings.SECRET_KEY_FALLBACKS:
                with suppress(TokenBackendError):
                    return TokenBackend(self.algorithm, key).decode(token, verify)
            raise


class KeyRotationMixin:
    """A token that is signed and read with the key ring."""

    def get_token_backend(self) -> TokenBackend:
        """The valid keys."""
        return KeyRing("HS256", settings.SECRET_KEY)

    def set_iat(self, claim: str = "iat", at_time: datetime | None = None) -> None:
        """Leave out when it was issued: a clock that was set back would refuse all tokens."""
