"""The one error shape: `{type, errors: [{code, detail, attr}]}`, whatever went wrong."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler as StandardExceptionHandler
from drf_standardized_errors.types import Error, ErrorResponse
from psycopg2.errorcodes import FOREIGN_KEY_VIOLATION
from redis.exceptions import RedisError
from rest_framework.exceptions import AuthenticationFailed, NotFound, ParseError
from rest_framework_simplejwt.exceptions import DetailDictMixin

from user.api.errors import PayloadTooLarge, RetryLater, ServiceUnavailable

logger = logging.getLogger(__name__)


def row_is_gone(exc: Exception) -> bool:
    """Whether a row that the request had found, or refers to, was deleted before it could write.

    Asked a moment later, the request would have been a 404.
    """
    if isinstance(exc, ObjectDoesNotExist):
        return True
    if isinstance(exc, IntegrityError):
        cause = exc.__cause__
        return (
            getattr(cause, "pgcode", None) == FOREIGN_KEY_VIOLATION
            or getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
        )
    # what Model.save(update_fields=...) raises when it found no row; a driver's errors have a cause
    return type(exc) is DatabaseError and exc.__cause__ is None


class ExceptionHandler(StandardExceptionHandler):
    """Gives what Django and the drivers raise the status that a client can act on."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """A request too large or malformed is the client's fault, a dead service is not."""
        if isinstance(exc, RequestDataTooBig):
            return PayloadTooLarge()
        if isinstance(exc, SuspiciousOperation):
            return ParseError()
        if isinstance(exc, OperationalError | InterfaceError | RedisError):
            logger.error("A service does not answer: %s", exc)
            return ServiceUnavailable()
        if row_is_gone(exc):
            return NotFound()
        if isinstance(exc, DetailDictMixin):
            return self.flattened(exc)
        return super().convert_known_exceptions(exc)

    def flattened(self, exc: Any) -> AuthenticationFailed:
        """Simple JWT's errors hold a dictionary, which would be read as errors of fields."""
        flat = AuthenticationFailed(exc.detail["detail"], exc.detail["code"])
        flat.auth_header = getattr(exc, "auth_header", None)  # type: ignore[attr-defined]
        return flat


class ErrorFormatter(ExceptionFormatter):
    """Bounds what an error answers: what is wrong, not everything that was sent; and until when."""

    MAX_ERRORS = 50
    MAX_LENGTH = 500

    def get_errors(self) -> list[Error]:
        """The first errors, each with a text of some lines at most."""
        return [
            replace(error, detail=shortened(str(error.detail), self.MAX_LENGTH))
            for error in super().get_errors()[: self.MAX_ERRORS]
        ]

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """The body, with `retry_at` where the error says when to try again."""
        body: dict[str, Any] = super().format_error_response(error_response)
        if isinstance(self.exc, RetryLater):
            body["retry_at"] = self.exc.retry_at
        return body


def shortened(text: str, length: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _error(status_code: int, code: str, detail: str, kind: str = "client_error") -> JsonResponse:
    errors: list[dict[str, Any]] = [{"code": code, "detail": detail, "attr": None}]
    return JsonResponse({"type": kind, "errors": errors}, status=status_code)


@csrf_exempt
def not_found(request: HttpRequest, *args: object, **kwargs: object) -> JsonResponse:
    """404 for an address that nothing answers."""
    return _error(404, "not_found", _("찾을 수 없어요."))


def plain_not_found(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, whose Http404 is `not_found` also while DEBUG is on."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return not_found(request)

    return wrapped


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """400 for a request that Django itself refuses, such as one for an unknown host."""
    return _error(400, "bad_request", _("잘못된 요청이에요."))


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    """403 outside the API."""
    return _error(403, "permission_denied", _("권한이 없어요."))


def unavailable(request: HttpRequest) -> JsonResponse:
    """503 outside the API: a service does not answer."""
    return _error(503, "service_unavailable", _("잠시 후 다시 시도해 주세요."), "server_error")


def server_error(request: HttpRequest) -> JsonResponse:
    """500: a defect of ours, logged with its traceback by Django."""
    detail = _("서버에 문제가 생겼어요. 잠시 후 다시 시도해 주세요.")
    return _error(500, "error", detail, "server_error")
