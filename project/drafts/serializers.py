"""The shapes of drafts: bounded, but not checked as what is published is."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from project.constants import (
    ALT_MAX_LENGTH,
    DRAFT_CONTENT_MAX_LENGTH,
    MAX_PICTURES,
    PROJECT_MAX_SKILLS,
    SUMMARY_MAX_LENGTH,
    TITLE_MAX_LENGTH,
)
from project.drafts.models import Draft
from project.models import Project
from project.permissions import may_edit
from user.api.fields import BoundedListField
from user.constants import SKILL_NAME_MAX_LENGTH


class AsItStandsField(serializers.CharField):
    """A text that is kept to the letter, and empty where it was not sent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, default="", **kwargs)


class DraftPictureSerializer(serializers.Serializer[Any]):
    """A picture of the gallery."""

    url = serializers.CharField(max_length=500)
    alt = AsItStandsField(max_length=ALT_MAX_LENGTH)


class DraftSerializer(serializers.ModelSerializer[Draft]):
    """A draft. What was not sent is empty: who saves it says all that the editor holds."""

    default_error_messages = {"not_editable": _("고칠 수 없는 프로젝트예요.")}

    project = serializers.PrimaryKeyRelatedField(
        queryset=Project.objects.visible().only("author"),
        allow_null=True,
        default=None,
        help_text="고치는 프로젝트. 새 글에는 없음",
    )
    version = serializers.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        allow_null=True,
        default=None,
        help_text="프로젝트의 어느 판에서 시작했는지",
    )
    title = AsItStandsField(max_length=TITLE_MAX_LENGTH)
    summary = AsItStandsField(max_length=SUMMARY_MAX_LENGTH)
    content = AsItStandsField(max_length=DRAFT_CONTENT_MAX_LENGTH)
    thumbnail = serializers.CharField(
        max_length=500, allow_null=True, allow_blank=True, default=None
    )
    pictures = BoundedListField(
        child=DraftPictureSerializer(), max_length=MAX_PICTURES, default=list
    )
    github_url = AsItStandsField(max_length=200)
    demo_url = AsItStandsField(max_length=200)
    stage = AsItStandsField(max_length=10)
    skills = BoundedListField(
        child=serializers.CharField(max_length=SKILL_NAME_MAX_LENGTH),
        max_length=PROJECT_MAX_SKILLS,
        default=list,
    )

    seen = serializers.DateTimeField(
        required=False,
        allow_null=True,
        write_only=True,
        help_text="이어 쓴 저장본의 `updated_at`, 새 글이면 null. 그사이에 바뀌었으면 412",
    )

    class Meta:
        model = Draft
        fields = [
            *("id", "project", "version", "title", "summary", "content", "thumbnail", "pictures"),
            *("github_url", "demo_url", "stage", "skills", "seen", "created_at", "updated_at"),
        ]
        read_only_fields = ["id", "created_at", "updated_at"]

    def validate_project(self, project: Project | None) -> Project | None:
        """A project that the writer may change."""
        if project and not may_edit(self.context["request"].user, project):
            self.fail("not_editable")
        return project


class DraftCardSerializer(serializers.ModelSerializer[Draft]):
    """A draft in the list of mine; `excerpt` is how its text begins."""

    excerpt = serializers.CharField(read_only=True)

    class Meta:
        model = Draft
        fields = ["id", "project", "title", "summary", "excerpt", "created_at", "updated_at"]
        read_only_fields = fields
