"""What people do with a project that is not theirs: keep it, or never be shown it again."""

from django.db import models
from django.utils import timezone

from user.models import User


class Bookmark(models.Model):
    """A user's bookmark of a project. Counted in `Project.bookmark_count`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="bookmarks", verbose_name="사용자")
    project = models.ForeignKey(
        "project.Project", models.CASCADE, related_name="bookmarks", verbose_name="프로젝트"
    )
    created_at = models.DateTimeField("북마크한 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "북마크"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "project"], name="project_bookmark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.project}"


class BookmarkChange(models.Model):
    """When a person last set or took off a bookmark.

    The similarity job asks for those who did since its last run; a bookmark that was taken off
    leaves no other trace.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "북마크 변경"

    def __str__(self) -> str:
        return f"{self.user_id}: {self.changed_at}"


class Dismissal(models.Model):
    """A project that a person is not interested in: it is never recommended to them again."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="dismissals",
        verbose_name="사용자",
        db_index=False,  # the constraint's index serves it
    )
    project = models.ForeignKey(
        "project.Project", models.CASCADE, related_name="dismissals", verbose_name="프로젝트"
    )
    created_at = models.DateTimeField("관심 없음을 누른 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "관심 없음"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "project"], name="project_dismissal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ✕ {self.project}"
