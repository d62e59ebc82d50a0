"""The project board app."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Projects, comments and bookmarks. May import `user`."""

    name = "project"
    verbose_name = "프로젝트"

    def ready(self) -> None:
        """Connect the receivers."""
        from project import signals  # noqa: F401
