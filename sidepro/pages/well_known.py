"""What machines ask for under fixed addresses."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sidepro.pages.api import absolute

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /api/v1/auth/
Disallow: /chat
Disallow: /me
Disallow: /notifications
Disallow: /settings/

Sitemap: {sitemap}
"""
SECURITY = """Contact: {contact}
Expires: {expires}
Preferred-Languages: ko, en
Canonical: {canonical}
"""


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Robots read everything that is public, and what it is drawn from."""
    return _text(ROBOTS.format(sitemap=absolute("/sitemap.xml")))


@require_safe
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Where a hole is reported (RFC 9116). Raises Http404 where the operator names no place."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        SECURITY.format(
            contact=settings.SECURITY_CONTACT,
            expires=(midnight + timedelta(days=180)).isoformat(),
            canonical=absolute("/.well-known/security.txt"),
        )
    )


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers lead to a new password."""
    return redirect("/me")


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
