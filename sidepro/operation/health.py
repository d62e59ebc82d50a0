"""Whether the process lives (`/healthz`) and whether what it needs answers (`/readyz`)."""

import logging
from collections.abc import Callable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from ai.files.health import similarity_status

logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when each part answers, else 503; names the parts, never their addresses."""
    parts = states()
    similarity = similarity_status()
    ready = all(state == "ok" for state in parts.values())
    body: dict[str, Any] = {"status": "ok" if ready else "unavailable", **parts}
    return JsonResponse(body | {"similarity": similarity}, status=200 if ready else 503)


def states() -> dict[str, str]:
    """Which of the services answer: each is "ok" or "unavailable"."""
    return {name: _state(check) for name, check in CHECKS.items()}


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.get("readyz")


def _channel_layer() -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)("readyz", {"type": "readyz"})


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "cache": _cache,
    "channel_layer": _channel_layer,
}


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except (DatabaseError, RedisError, OSError) as error:
        logger.error("Not ready: %s", error)
        return "unavailable"
    return "ok"
