"""Answers with an `ETag`, which who has them already gets as 304 without a body."""

from hashlib import md5
from typing import TypeVar

from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

View = TypeVar("View", bound=type[APIView])


def conditional(view: View) -> View:
    """A class of views whose GETs are conditional."""
    return method_decorator(conditional_page, name="dispatch")(view)


def depends_on_viewer(request: Request, response: Response) -> Response:
    """The answer, which no shared cache gives to another account.

    Nothing is said of a visitor's, which Nginx keeps for a moment (nginx/site.conf).
    """
    patch_vary_headers(response, ["Authorization"])
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def digest(response: Response) -> str:
    """What tells one rendered body from another."""
    return md5(response.content, usedforsecurity=False).hexdigest()[:16]
