"""Errors of the API that Django REST framework has no class for."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from rest_framework import status
from rest_framework.exceptions import APIException, Throttled


class PayloadTooLarge(APIException):
    """413: the body is longer than the API takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("요청 본문이 너무 커요.")
    default_code = "payload_too_large"


class ServiceUnavailable(APIException):
    """503: something this request needs does not answer."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = _("잠시 후 다시 시도해 주세요.")
    default_code = "service_unavailable"

    def __init__(self, detail: Any = None, code: str | None = None, retry_after: float = 1) -> None:
        super().__init__(detail, code)
        self.wait = retry_after  # seconds; DRF writes them as `Retry-After`


class Conflict(APIException):
    """409: how things stand does not allow it."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class RetryLater(Throttled):
    """429 with `retry_at`: the same request may succeed from then on."""

    def __init__(self, retry_at: datetime, detail: StrOrPromise) -> None:
        super().__init__(max(0, (retry_at - timezone.now()).total_seconds()), str(detail))
        self.retry_at = retry_at
