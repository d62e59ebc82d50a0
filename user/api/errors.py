"""Errors of the API that Django REST framework has no class for."""

from typing import Any

from rest_framework import status
from rest_framework.exceptions import APIException


class PayloadTooLarge(APIException):
    """413: the body is longer than the API takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "요청 본문이 너무 큽니다."
    default_code = "payload_too_large"


class ServiceUnavailable(APIException):
    """503: something this request needs does not answer."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "잠시 후 다시 시도해 주세요."
    default_code = "service_unavailable"

    def __init__(self, detail: Any = None, code: str | None = None, retry_after: float = 1) -> None:
        super().__init__(detail, code)
        self.wait = retry_after  # seconds; DRF writes them as `Retry-After`
