"""Rate limits on requests, per person or address."""

import hashlib
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle

from user.names import normal_email

if TYPE_CHECKING:  # views load this module through the settings
    from rest_framework.views import APIView

Next = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RateLimit:
    """A limit as a client sees it: `left` of `quota` requests in `window` seconds.

    In `reset` seconds the first of them is given back.
    """

    name: str
    quota: int
    window: int
    left: int
    reset: int


class _LenientThrottle(SimpleRateThrottle):
    """Lets requests through while the cache is away: a broken counter must not close the site."""

    # what the rate says; both are None where there is none
    num_requests: int | None
    duration: int | None  # seconds

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Whether the request is within the limit, which it then knows."""
        try:
            allowed = super().allow_request(request, view)
        except RedisError:
            logger.warning("Rate limits are off: the cache does not answer")
            return True
        if getattr(self, "key", None):
            # on Django's own request: the middleware below sees no other
            plain: Any = getattr(request, "_request", request)
            plain.rate_limits = [*getattr(plain, "rate_limits", []), self._limit()]
        return allowed

    def throttle_failure(self) -> bool:
        """Count again without requests that are yet to come: the clock was set back since.

        Those of the next window still count, for two machines' clocks differ.
        """
        window = self.duration or 0
        counted = [at for at in self.history if abs(self.now - at) < window]
        if len(counted) == len(self.history) or len(counted) >= (self.num_requests or 0):
            return super().throttle_failure()
        self.history = counted
        return self.throttle_success()

    def _limit(self) -> RateLimit:
        """How things stand after this request."""
        oldest = self.history[-1] if self.history else self.now
        return RateLimit(
            name=str(self.scope),
            quota=self.num_requests or 0,
            window=self.duration or 0,
            left=max((self.num_requests or 0) - len(self.history), 0),
            reset=math.ceil((self.duration or 0) - (self.now - oldest)),
        )


class RateLimitMiddleware:
    """Tells clients the limits that their request counted to, also with a 429.

    The fields are those of the IETF draft "RateLimit header fields for HTTP".
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the limits in the headers."""
        response = self.get_response(request)
        limits: list[RateLimit] = getattr(request, "rate_limits", [])
        if limits:
            response["RateLimit-Policy"] = ", ".join(
                f'"{limit.name}";q={limit.quota};w={limit.window}' for limit in limits
            )
            response["RateLimit"] = ", ".join(
                f'"{limit.name}";r={limit.left};t={limit.reset}' for limit in limits
            )
        return response


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


class SearchThrottle(_LenientThrottle):
    """At most the rate `search` of searches a person, or else an address, whatever is searched.

    A page asks the API from no address: its view counts the reader (`sidepro.pages`).
    """

    scope = "search"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        """The person or address; only what asks for `search` is counted."""
        if request.method not in {"GET", "HEAD"} or not request.GET.get("search"):
            return None
        user = request.user.pk if request.user.is_authenticated else None
        ident = user or self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident} if ident else None


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
