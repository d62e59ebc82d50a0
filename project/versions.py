"""Two writers of one text: which version a change was made of, and the 412 for an outdated one."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response


def version_check(request: Request, version: int | None) -> Callable[[int], bool] | None:
    """Whether a version is the one that a request to change was made of, as a function.

    `If-Match` and `version` say which one it was; None when the request says neither.
    """
    header = request.headers.get("If-Match", "").strip()
    if header == "*" or (not header and version is None):
        return None
    tags = parse_etags(header) if header else []
    # Nginx marks an ETag as weak where it compresses the answer.
    versions = {tag.removeprefix("W/").strip('"').partition("-")[0] for tag in tags}
    return lambda current: (not header or str(current) in versions) and version in {None, current}


def etag(version: int, digest: str = "") -> str:
    """The `ETag` of a project's text, or with a digest of all that an answer says of it."""
    return f'"{version}-{digest}"' if digest else f'"{version}"'


def outdated(current: Mapping[str, Any], headers: dict[str, str] | None = None) -> Response:
    """412: the error, and as `current` what is there now."""
    error = {"code": "outdated", "detail": _("그사이에 글이 바뀌었어요."), "attr": None}
    body = {"type": "client_error", "errors": [error], "current": current}
    return Response(body, 412, headers=headers)
