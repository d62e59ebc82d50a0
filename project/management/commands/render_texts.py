"""`manage.py render_texts`: renders again what an older renderer made."""

import math
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from project.models import Comment, Project
from project.text import RENDERER_VERSION
from project.text.rendering import render_outdated


class Command(BaseCommand):
    """Renders all of it at once; the job of each minute does the same little by little."""

    help = "예전 방식으로 만든 글과 댓글의 HTML을 다시 만듭니다. 멈추어도 이어서 할 수 있습니다."

    def handle(self, *args: Any, **options: Any) -> None:
        """Render them behind a progress bar."""
        outdated = sum(
            model.objects.filter(renderer_version__lt=RENDERER_VERSION).count()
            for model in (Project, Comment)
        )
        with tqdm(total=outdated, unit=" texts") as bar:
            done = render_outdated(seconds=math.inf, progress=bar.update)
        self.stdout.write(f"{done} texts rendered")
