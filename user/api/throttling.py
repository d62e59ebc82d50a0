"""Rate limits on requests, per person or address."""

import hashlib
import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle

from user.names import normal_email

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


class PasswordThrottle(_LenientThrottle):
    """At most the rate `login` of passwords tried at one account from one address.

    Counts whatever checks or sets a password together: logging in, here and in the admin, changing
    it, deleting the account. The account is the address in its one form, however it is typed.
    """

    scope = "login"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        """The network address and the account."""
        account = hashlib.sha256(self.account(request).encode(errors="replace")).hexdigest()
        return self.cache_format % {
            "scope": self.scope,
            "ident": f"{self.get_ident(request)}:{account}",
        }

    def account(self, request: Request) -> str:
        """The account that the request is about: the user's own, or else the one it names."""
        if request.user.is_authenticated:
            return normal_email(request.user.email)
        data = request.data if isinstance(request.data, dict) else {}
        return normal_email(str(data.get("email") or data.get("uid")))


class AdminPasswordThrottle(PasswordThrottle):
    """The same limit for the admin's log-in form, counted together with the API's."""

    def account(self, request: Request) -> str:
        """The account that the form names."""
        return normal_email(request.POST.get("username", ""))


class PasswordAddressThrottle(_LenientThrottle):
    """At most the rate `login_address` of passwords from one address, whatever the account.

    Each costs a hash, a hundred megabytes for a moment.
    """

    scope = "login_address"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        """The network address."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
