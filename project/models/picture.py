"""The pictures of a project's gallery."""

from functools import cache

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from project.constants import ALT_MAX_LENGTH, MAX_PICTURES
from project.models.expressions import ObjectsSubquery
from user.models import Image


class Picture(models.Model):
    """One picture of a project's gallery, at its position: 0, 1, … below `MAX_PICTURES`."""

    project = models.ForeignKey(
        "project.Project",
        models.CASCADE,
        related_name="pictures",
        verbose_name="프로젝트",
        db_index=False,  # the constraint's index serves it
    )
    image = models.ForeignKey(Image, models.CASCADE, related_name="pictures", verbose_name="이미지")
    position = models.PositiveSmallIntegerField("순서")
    alt = models.CharField("설명", max_length=ALT_MAX_LENGTH, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "프로젝트 이미지"
        ordering = ["project", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "position"], name="project_picture_position_unique"
            ),
            models.UniqueConstraint(fields=["project", "image"], name="project_picture_unique"),
            models.CheckConstraint(
                condition=Q(position__lt=MAX_PICTURES), name="project_picture_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.position}"


@cache
def picture_list() -> ObjectsSubquery:
    """A project's pictures in their order, as a column of its row."""
    pictures = Picture.objects.filter(project=OuterRef("pk")).order_by("position")
    shown = JSONObject(
        file=F("image__file"),
        card=F("image__card"),
        width=F("image__width"),
        height=F("image__height"),
        alt=F("alt"),
    )
    return ObjectsSubquery(pictures.values(item=shown))
