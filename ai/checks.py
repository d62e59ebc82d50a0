"""System checks: settings that would stop the similarity job."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def similarity_settings(**kwargs: Any) -> list[CheckMessage]:
    """K makes sense, and the folders can be written."""
    found: list[CheckMessage] = []
    if settings.SIMILARITY_K < 1:
        found.append(Error("SIMILARITY_K must be at least 1.", id="ai.E001"))
    folders = [settings.SIMILARITY_STATE_DIR]
    if not settings.SIMILARITY_DIR.startswith("s3://"):
        folders.append(settings.SIMILARITY_DIR)
    for folder in map(Path, folders):
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK):
            found.append(Error(f"{folder} cannot be written.", id="ai.E002"))
    return found
