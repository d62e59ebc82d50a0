"""How a page is answered: as HTML that is the same for everybody, with its true status."""

from collections.abc import Callable
from copy import copy
from math import ceil
from typing import Any

from csp.constants import HEADER as CSP_HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from sidepro.pages import oembed, screens
from sidepro.pages.api import absolute
from sidepro.pages.cards import of_site
from sidepro.pages.screens import ABOUT, TAGLINE, GoneError, MovedError, Page
from sidepro.pages.shell import NotBuiltError, current_shell, index_html
from user.api.throttling import SearchThrottle

# Long enough to carry a crowd, short enough that a change shows soon.
MAX_AGE = 5  # seconds
NOT_BUILT = (
    "사이트가 아직 만들어지지 않았어요. The front end is not built: "
    "run `npm ci && npm run build` in frontend/.\nAPI: /api/docs/\n"
)
# What could end a script element, or open a comment in it.
SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

PageView = Callable[..., HttpResponse]


def answers(make: Callable[..., Page]) -> PageView:
    """The view that answers with the page which `make` makes of the address."""

    @csrf_exempt  # so that a POST is answered with 405
    @require_safe
    @conditional_page
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return page_response(make(**kwargs))
        except Http404:
            return missing(404)
        except GoneError:
            return missing(410)
        except MovedError as error:
            return moved(request, error.path)

    return view


@csrf_exempt
@require_safe
@conditional_page
def board(request: HttpRequest) -> HttpResponse:
    """The board; with a filter that is none, as everybody gets it; 429 for too many searches."""
    throttle = SearchThrottle()
    # A copy: what is left to this reader is nothing for whom the page is kept.
    if not throttle.allow_request(Request(copy(request)), APIView()):
        return too_many(throttle.wait())
    try:
        return page_response(screens.board(request.GET))
    except Http404:
        return page_response(screens.board(QueryDict()))


@csrf_exempt
@require_safe
@conditional_page
def app(request: HttpRequest) -> HttpResponse:
    """A screen that holds nothing public: the front end alone."""
    card = of_site()
    image = absolute(card.path)
    return shell_response(title=TAGLINE, description=ABOUT, image=image, image_alt=card.alt)


@csrf_exempt
@require_safe
@conditional_page
def legal(request: HttpRequest, name: str) -> HttpResponse:
    """Terms or privacy policy: the operator's own page where there is one, else the site's text."""
    own = {"terms": settings.TERMS_URL, "privacy": settings.PRIVACY_URL}[name]
    return redirect(own) if own else page_response(screens.legal(name))


@csrf_exempt
@require_safe
@conditional_page
def unknown(request: HttpRequest) -> HttpResponse:
    """404 for an address that is none, in the front end's own look."""
    return missing(404)


def page_response(page: Page) -> HttpResponse:
    """The page, whole."""
    return shell_response(
        page=page,
        template=f"sidepro/pages/{page.template}.html",
        title=page.title,
        description=page.description,
        canonical=absolute(page.path),
        feed=absolute(page.feed),
        oembed=oembed.address(page),
        image=absolute(page.card.path),
        image_alt=page.card.alt,
        structured=json_text(page.structured),
        data=json_text(page.data),
    )


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """The thing lives at another address now, to be asked the same there."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(
        f"{path}?{query}" if query else path,
        # Not for ever: one day another user may live at the address before.
        headers={"Cache-Control": f"public, max-age={MAX_AGE}"},
    )


def missing(status: int) -> HttpResponse:
    """There is nothing (404), or nothing any more (410)."""
    return shell_response(
        status=status,
        title="찾을 수 없어요 · SidePro",
        description=ABOUT,
        robots="noindex",
        missing=True,
    )


def too_many(wait: float | None) -> HttpResponse:
    """429 with the front end alone, which asks for itself and says what it is told."""
    response = shell_response(429, title=TAGLINE, description=ABOUT)
    response["Retry-After"] = ceil(wait or 1)
    response["Cache-Control"] = "no-store"
    return response


def shell_response(status: int = 200, **context: Any) -> HttpResponse:
    """The built front end with a head and a text; 503 where it is not built."""
    try:
        shell = current_shell()
    except NotBuiltError:
        return HttpResponse(
            NOT_BUILT,
            "text/plain; charset=utf-8",
            503,
            headers={"Retry-After": "30", "Cache-Control": "no-store"},
        )
    if shell is None:
        html = index_html().read_text("utf-8")
    else:
        head = render_to_string("sidepro/pages/head.html", context)
        html = shell.filled(head, render_to_string("sidepro/pages/text.html", context))
    headers = {
        "Cache-Control": f"public, max-age={MAX_AGE}",
        "Content-Language": "ko",
        # While DEBUG is on, django-csp takes every 404 for a page of Django's own.
        CSP_HEADER: build_policy(),
    }
    return HttpResponse(html, status=status, headers=headers)


def json_text(value: Any) -> SafeString:
    """Data as the text of a script element, which nothing in it can end."""
    text = JSONRenderer().render(value).decode().translate(SCRIPT_ESCAPES)
    return mark_safe(text)  # noqa: S308 - escaped above
