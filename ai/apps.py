"""The recommendation app."""

import os

from django.apps import AppConfig
from django.conf import settings


class AiConfig(AppConfig):
    """Finds people with similar stacks and recommends their projects."""

    name = "ai"
    verbose_name = "추천"

    def ready(self) -> None:
        """Keep the compiled kernels where the program may write, so that they compile once."""
        os.environ.setdefault("NUMBA_CACHE_DIR", str(settings.VAR_DIR / "numba"))
