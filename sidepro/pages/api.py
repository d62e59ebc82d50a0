"""A page's data, from the API's own views, as a visitor gets it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve

from user.api.errors import ServiceUnavailable


class VisitorRequest(HttpRequest):
    """A visitor's request, the same for every reader and under every host name."""

    def __init__(self, path: str, query: dict[str, Any]) -> None:
        super().__init__()
        self.method = "GET"
        self.path = self.path_info = path
        self.META = {"QUERY_STRING": urlencode(query), "HTTP_SEC_PURPOSE": "prefetch"}
        self.GET = QueryDict(self.META["QUERY_STRING"])

    def get_host(self) -> str:
        """The site's name, for what builds addresses by itself."""
        return urlsplit(settings.FRONTEND_URL).netloc

    def _get_scheme(self) -> str:
        return urlsplit(settings.FRONTEND_URL).scheme

    def build_absolute_uri(self, location: str | None = None) -> str:
        """The address on the site."""
        return absolute(location or self.get_full_path())


def ask(path: str, **query: Any) -> Any:
    """What the API answers to a GET of this path; views are not counted.

    Raises Http404 where it finds nothing or refuses the query, ServiceUnavailable.
    """
    view, args, kwargs = resolve(path)
    response = view(VisitorRequest(path, query), *args, **kwargs)
    if response.status_code >= 500:
        raise ServiceUnavailable
    if response.status_code != 200:
        raise Http404
    return response.data


def absolute(address: str) -> str:
    """An address with the site's origin, never one that a request names."""
    return settings.FRONTEND_URL + address if address.startswith("/") else address
