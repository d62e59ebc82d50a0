"""Rate limits on requests, per person or address."""

import hashlib
import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle

if TYPE_CHECKING:  # views load this module through the settings
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class _LenientThrottle(SimpleRateThrottle):
    """Lets requests through while the cache is away: a broken counter must not close the site."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Whether the request is within the limit."""
        try:
            return super().allow_request(request, view)
        except RedisError:
            logger.warning("Rate limits are off: the cache does not answer")
            return True


class ScopeThrottle(_LenientThrottle, ScopedRateThrottle):
    """At most the rate of the view's `throttle_scope`, per user or else address."""


class WriteThrottle(_LenientThrottle):
    """At most the rate `write` of changes a person, over all endpoints that use it."""

    scope = "write"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """The person; reading and anonymous requests are not counted."""
        if request.method in {"GET", "HEAD", "OPTIONS"} or not request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}


class LoginThrottle(_LenientThrottle):
    """At most the rate `login` of attempts at one account from one address."""

    scope = "login"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        """The address and the account."""
        account = hashlib.sha256(
            self._email(request).strip().lower().encode(errors="replace")
        ).hexdigest()
        return self.cache_format % {
            "scope": self.scope,
            "ident": f"{self.get_ident(request)}:{account}",
        }

    def _email(self, request: Request) -> str:
        return str(request.data.get("email") if isinstance(request.data, dict) else None)


class AdminLoginThrottle(LoginThrottle):
    """The same limit for the admin's form, counted together with the API's attempts."""

    def _email(self, request: Request) -> str:
        return request.POST.get("username", "")


class LoginAddressThrottle(_LenientThrottle):
    """At most the rate `login_address` of attempts from one address, whatever the account."""

    scope = "login_address"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        """The address."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
