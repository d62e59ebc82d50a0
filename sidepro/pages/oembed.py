"""oEmbed (oembed.com): how another site shows a link to a project, a person or a skill."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sidepro.pages import screens
from sidepro.pages.api import absolute
from sidepro.pages.drawing import SIZE
from sidepro.pages.screens import GoneError, MovedError, Page

MAX_AGE = 600  # seconds
# By the names of their addresses (`urls`).
SCREENS: dict[str, Callable[..., Page]] = {
    "project-page": screens.project,
    "user-page": screens.user,
    "skill-page": screens.skill,
}


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def oembed(request: HttpRequest) -> HttpResponse:
    """A page as a link with its picture. Raises Http404 for what is no page of these here."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)  # as oEmbed wants it
    page = _page(request.GET.get("url", ""))
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": page.title,
        "provider_name": "SidePro",
        "provider_url": absolute("/"),
        "cache_age": MAX_AGE,
    }
    if project := page.data.get("project"):
        author = project["author"]["username"]
        answer |= {"author_name": author, "author_url": absolute(screens.user_path(author))}
    width, height = SIZE
    if _most(request, "maxwidth") >= width and _most(request, "maxheight") >= height:
        answer |= {
            "thumbnail_url": absolute(page.card.path),
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
    return JsonResponse(answer)


def address(page: Page) -> str | None:
    """Where a page is described as oEmbed; None for lists, which are not embedded."""
    if f"{page.template}-page" not in SCREENS:
        return None
    return absolute(f"/oembed?url={quote(absolute(page.path), safe='')}")


def _page(url: str) -> Page:
    """The page at an address of this site. Raises Http404."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Http404 from None
    if f"{parts.scheme}://{parts.netloc}" != settings.FRONTEND_URL:
        raise Http404
    found = resolve(unquote(parts.path) or "/")
    make = SCREENS.get(found.url_name or "")
    if make is None:
        raise Http404
    try:
        return make(**found.kwargs)
    except MovedError as moved:
        return _page(absolute(moved.path))
    except GoneError:
        raise Http404 from None


def _most(request: HttpRequest, name: str) -> float:
    """How large the asker takes pictures, in pixels; without a number, as large as they are."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else float("inf")
