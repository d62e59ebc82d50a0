"""What a request says, checked."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


def validated(
    serializer_class: type[serializers.BaseSerializer[Any]], request: Request
) -> dict[str, Any]:
    """What the request says: its query string when it reads, its body when it writes.

    The serializer gets the request as context. Raises ValidationError (400).
    """
    data = request.query_params if request.method in {"GET", "HEAD"} else request.data
    serializer = serializer_class(data=data, context={"request": request})
    serializer.is_valid(raise_exception=True)
    checked: dict[str, Any] = serializer.validated_data
    return checked
