"""Whether the services that the settings name answer, in sentences that name the setting."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import redis
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from sidepro.operation.logs import mask

LONGEST_PAUSE = 8.0


def problems() -> Iterator[str]:
    """A sentence for each service that does not answer."""
    for check in (_database, _redis, bucket_problem):
        problem = check()
        if problem:
            yield mask(problem)


def wait(seconds: float, say: Callable[[str], None]) -> list[str]:
    """Try again and again, less and less often; returns what is still wrong at the end."""
    deadline, pause, reported = time.monotonic() + seconds, 0.5, ""
    while found := list(problems()):
        left = deadline - time.monotonic()
        if left <= 0:
            return found
        if reported != (reported := " ".join(found)):
            say(f"{reported} Trying again for {left:.0f} s.")
        time.sleep(min(pause, left))
        pause = min(pause * 2, LONGEST_PAUSE)
    return []


def limit_statements(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """End PostgreSQL's long statements on this connection (receives `connection_created`)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [f"{settings.STATEMENT_TIMEOUT}s"])


def _database() -> str | None:
    probe = connection.copy()
    try:
        probe.ensure_connection()
    except DatabaseError as error:
        place = probe.settings_dict
        where = f"{place['HOST']}:{place['PORT'] or 5432}" if place["HOST"] else place["NAME"]
        return f"DATABASE_URL: the database at {where} does not answer ({_short(error)})."
    finally:
        probe.close()
    return None


def _redis() -> str | None:
    if not settings.REDIS_URL:
        return None
    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2
        )
        with client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        where = urlsplit(settings.REDIS_URL).netloc.rpartition("@")[2]
        return f"REDIS_URL: Redis at {where} does not answer ({_short(error)})."
    return None


def bucket_problem() -> str | None:
    """What keeps uploads from the bucket, in a sentence; None without a bucket."""
    name = settings.AWS_STORAGE_BUCKET_NAME
    if not name:
        return None
    try:
        client = default_storage.bucket.meta.client  # type: ignore[attr-defined]
        client.head_bucket(Bucket=name)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 403:  # it is there, and asking for its properties need not be allowed
            return None
        return f"AWS_STORAGE_BUCKET_NAME: the bucket {name} answers {status}."
    except BotoCoreError as error:
        return f"AWS_S3_ENDPOINT_URL or AWS_S3_REGION_NAME: no answer for {name} ({_short(error)})."
    return None


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
