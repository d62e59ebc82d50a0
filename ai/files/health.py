"""Whether the similarity files are there, whole and fresh."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from ai.files import generations
from ai.files.generations import DamagedError, NoGenerationError
from ai.files.storage import open_store

# The job comes each minute; a full build of a million users takes some.
STALE_AFTER = timedelta(minutes=15)
DAMAGE_KEY = "ai.damage"


def note_damage(detail: str) -> None:
    """Remember, for /readyz, what a request stumbled over."""
    with suppress(RedisError):  # it stands in the log as well
        cache.set(DAMAGE_KEY, detail, timeout=300)


def similarity_status() -> dict[str, Any]:
    """What /readyz says of the similarity files.

    ``status`` is ``ok``, ``missing`` (the job has not finished a first time), ``stale`` (it no
    longer runs) or ``damaged``; recommendations are answered in each of these.
    ``age`` counts the seconds since the job last found the files up to date.
    """
    store = open_store(settings.SIMILARITY_DIR)
    try:
        manifest = generations.read_manifest(store, generations.current_generation(store))
        generations.check_parts(store, manifest, timezone.now().minute)
    except NoGenerationError:
        return {"status": "missing"}
    except (DamagedError, OSError) as error:
        return {"status": "damaged", "detail": str(error)}
    try:
        checked = datetime.fromisoformat(store.read(generations.CHECKED).decode())
    except (OSError, ValueError):
        checked = manifest.created
    age = timezone.now() - checked
    noted = None
    status: dict[str, Any] = {
        "status": "stale" if abs(age) > STALE_AFTER else "ok",
        "generation": manifest.generation,
        "created_at": manifest.created_at,
        "users": manifest.users,
        "age": round(age.total_seconds(), 1),
        "seconds": manifest.seconds,
    }
    with suppress(RedisError):
        noted = cache.get(DAMAGE_KEY)
    if noted and manifest.generation in noted:
        status |= {"status": "damaged", "detail": noted}
    return status
