"""`manage.py remove_unused_images`: removes pictures that nothing refers to."""

from typing import Any

from django.core.management.base import BaseCommand

from project.services import remove_unused_images


class Command(BaseCommand):
    """Removes pictures that for 60 days no project and no profile has shown."""

    help = "60일 동안 아무 데도 쓰이지 않는 이미지를 지웁니다."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many."""
        self.stdout.write(f"{remove_unused_images()} unused images removed")
