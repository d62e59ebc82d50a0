"""The project board app."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Projects, comments and bookmarks. May import the floors below: `user`, `moderation`."""

    name = "project"
    verbose_name = "프로젝트"

    def ready(self) -> None:
        """Connect the receivers, and let projects and comments be reported."""
        from moderation import targets
        from project import reportable, signals  # noqa: F401

        targets.register(reportable.PROJECTS)
        targets.register(reportable.COMMENTS)
