"""Whether the process lives (`/healthz`) and whether what it needs answers (`/readyz`)."""

import logging
import time
from collections.abc import Callable
from functools import cache as once
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from redis.exceptions import RedisError

from ai.files.health import similarity_status
from chat.realtime import heartbeat
from notification.health import outbox_status
from sidepro.operation import dependencies

logger = logging.getLogger(__name__)
# Seconds for which the bucket's state counts: asking it is slow when it is away.
BUCKET_SECONDS = 30.0


class NotReadyError(Exception):
    """A part answers, but not as the program needs it."""


def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when each part answers, else 503; names the parts, never their addresses."""
    parts = states()
    similarity = similarity_status()
    ready = all(state == "ok" for state in parts.values())
    body: dict[str, Any] = {"status": "ok" if ready else "unavailable", **parts}
    if parts["database"] == parts["migrations"] == "ok":
        body["outbox"] = outbox_status()
    return JsonResponse(body | {"similarity": similarity}, status=200 if ready else 503)


def states() -> dict[str, str]:
    """Which of the services answer: each is "ok" or "unavailable"."""
    return {name: _state(check) for name, check in CHECKS.items()}


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    applied = MigrationRecorder.Migration.objects.using(connection.alias)
    missing = _known_migrations() - set(applied.values_list("app", "name"))
    if missing:
        raise NotReadyError(f"migrations are missing: {sorted(missing)}")


@once
def _known_migrations() -> frozenset[tuple[str, str]]:
    """App and name of each migration that this program was built with."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def _cache() -> None:
    cache.get("readyz")


def _channel_layer() -> None:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)("readyz", {"type": "readyz"})


def _heartbeat() -> None:
    if heartbeat.is_late():
        raise NotReadyError("the heartbeat of the sockets is late")


class _Bucket:
    """The bucket, if there is one; asked now and then."""

    until = 0.0
    problem: str | None = None

    def __call__(self) -> None:
        if settings.AWS_STORAGE_BUCKET_NAME and time.monotonic() > self.until:
            self.problem = dependencies.bucket_problem()
            self.until = time.monotonic() + BUCKET_SECONDS
        if settings.AWS_STORAGE_BUCKET_NAME and self.problem:
            raise NotReadyError(self.problem)


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "channel_layer": _channel_layer,
    "heartbeat": _heartbeat,
    "bucket": _Bucket(),
}


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except (DatabaseError, RedisError, OSError, NotReadyError) as error:
        logger.error("Not ready: %s", error)
        return "unavailable"
    return "ok"
