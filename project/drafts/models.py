"""Drafts: the rows and their queries."""

import uuid

from django.db import models
from django.db.models import Value
from django.db.models.functions import Left
from django.utils import timezone

from project.constants import (
    DRAFT_LIFETIME,
    EXCERPT_LENGTH,
    SUMMARY_MAX_LENGTH,
    TITLE_MAX_LENGTH,
)
from user.models import Image, User


class DraftQuerySet(models.QuerySet["Draft"]):
    """Queries over drafts."""

    def for_list(self) -> "DraftQuerySet":
        """Without their texts, but with `excerpt`, how each text begins."""
        return self.defer("content").annotate(excerpt=Left("content", EXCERPT_LENGTH))

    def expired(self) -> "DraftQuerySet":
        """The ones unchanged for `DRAFT_LIFETIME`."""
        return self.filter(updated_at__lt=timezone.now() - DRAFT_LIFETIME)


class Draft(models.Model):
    """What an editor holds, half-finished as it is. Its browser chose the key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="drafts",
        verbose_name="쓴 사람",
        db_index=False,  # the index below serves it
    )
    # What it changes; a draft outlives its project as a new one.
    project = models.ForeignKey(
        "project.Project",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name="프로젝트",
    )
    # The version of the project's text that it was begun from.
    version = models.PositiveIntegerField("시작한 판", null=True, blank=True)
    title = models.CharField("제목", max_length=TITLE_MAX_LENGTH, blank=True)
    summary = models.CharField("한 줄 소개", max_length=SUMMARY_MAX_LENGTH, blank=True)
    content = models.TextField("본문 (Markdown)", blank=True)
    thumbnail = models.CharField("대표 이미지 주소", max_length=500, blank=True, null=True)
    pictures = models.JSONField(
        "이미지", default=list, db_default=Value([], models.JSONField()), blank=True
    )
    github_url = models.CharField("GitHub", max_length=200, blank=True)
    demo_url = models.CharField("데모", max_length=200, blank=True)
    stage = models.CharField("단계", max_length=10, blank=True)
    skills = models.JSONField("기술 스택", default=list, blank=True)
    # The pictures it shows; they live as long as it does.
    images = models.ManyToManyField(
        Image, blank=True, related_name="drafts", verbose_name="이미지", editable=False
    )
    created_at = models.DateTimeField("시작한 때", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("수정일", default=timezone.now, editable=False, db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "임시 저장한 글"
        indexes = [
            # one person's drafts, changed last first
            models.Index(
                models.F("owner_id"),
                models.F("updated_at").desc(),
                models.F("id").desc(),
                name="project_draft_by_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.id)
