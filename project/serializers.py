"""The shapes of projects and comments."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from project.constants import (
    BOARD_ORDERINGS,
    COMMENT_MAX_LENGTH,
    CONTENT_MAX_LENGTH,
    PROJECT_MAX_SKILLS,
    SUMMARY_MAX_LENGTH,
    TITLE_MAX_LENGTH,
)
from project.models import Comment, Project
from project.permissions import may_edit
from project.services import change_project, save_project
from user.constants import USERNAME_MAX_LENGTH
from user.images.fields import ImageURLField
from user.images.storage import image_url
from user.serializers import PersonSerializer, SkillNamesField


class BoardQuerySerializer(serializers.Serializer[Any]):
    """What the board can be filtered and ordered by."""

    ordering = serializers.ChoiceField(choices=list(BOARD_ORDERINGS), default="newest")
    skills = serializers.CharField(
        required=False, max_length=1000, help_text="이름을 쉼표로 이어서: `Python,Django`"
    )
    skills_match = serializers.ChoiceField(choices=["any", "all"], default="any")
    search = serializers.CharField(required=False, allow_blank=True, max_length=100)
    author = serializers.CharField(required=False, max_length=USERNAME_MAX_LENGTH)
    bookmarked_by = serializers.CharField(required=False, max_length=USERNAME_MAX_LENGTH)


class ImageAddressField(serializers.CharField):
    """The address of a stored file, from its name."""

    def to_representation(self, value: Any) -> Any:
        """The address."""
        return image_url(value)


class ProjectCardSerializer(serializers.ModelSerializer[Project]):
    """A project on the board, from what `ProjectQuerySet.for_board` annotated."""

    id = serializers.IntegerField(source="pk", read_only=True)
    author = serializers.SerializerMethodField()
    thumbnail = ImageAddressField(source="thumbnail_file", read_only=True, allow_null=True)
    thumbnail_card = ImageAddressField(read_only=True, allow_null=True)
    skills = serializers.ListField(
        source="skill_names", child=serializers.CharField(), read_only=True
    )
    comment_count = serializers.IntegerField(read_only=True)
    bookmarked = serializers.BooleanField(read_only=True)

    class Meta:
        model = Project
        fields = [
            "id",
            "title",
            "summary",
            "thumbnail",
            "thumbnail_card",
            "github_url",
            "skills",
            "author",
            "view_count",
            "bookmark_count",
            "comment_count",
            "created_at",
            "bookmarked",
        ]

    @extend_schema_field(PersonSerializer)
    def get_author(self, project: Any) -> dict[str, str | None]:
        """The author, from what the queryset joined."""
        return {"username": project.author_username, "image": image_url(project.author_image)}

    def to_representation(self, project: Any) -> dict[str, Any]:
        """The fields above, which the framework would make again for each page.

        A page takes 1.16 times as long field by field (`bench.prices`).
        """
        return {
            name: None if (value := read(project)) is None else write(value)
            for name, read, write in _card_fields()
        }


@cache
def _card_fields() -> list[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]]:
    return [
        (
            name,
            attrgetter(field.source or name) if field.source != "*" else lambda project: project,
            field.to_representation,
        )
        for name, field in ProjectCardSerializer().fields.items()
    ]


class ProjectSerializer(ProjectCardSerializer):
    """A project's page; what it takes when somebody writes one."""

    title = serializers.CharField(max_length=TITLE_MAX_LENGTH)
    summary = serializers.CharField(max_length=SUMMARY_MAX_LENGTH, required=False, allow_blank=True)
    content = serializers.CharField(
        max_length=CONTENT_MAX_LENGTH, required=False, allow_blank=True, trim_whitespace=False
    )
    thumbnail = ImageURLField(required=False, allow_null=True)  # type: ignore[assignment]
    skills = SkillNamesField(required=False, max_length=PROJECT_MAX_SKILLS)
    editable = serializers.SerializerMethodField()

    class Meta(ProjectCardSerializer.Meta):
        fields = [*ProjectCardSerializer.Meta.fields, "content", "updated_at", "editable"]
        read_only_fields = ["view_count", "bookmark_count", "created_at", "updated_at"]

    def get_editable(self, project: Project) -> bool:
        """Whether the caller may change or delete it."""
        return may_edit(self.context["request"].user, project)

    def to_representation(self, project: Any) -> dict[str, Any]:
        """The card and what only the page shows."""
        return ProjectCardSerializer().to_representation(project) | {
            "content": project.content,
            "updated_at": timezone.localtime(project.updated_at).isoformat(),
            "editable": self.get_editable(project),
        }

    def create(self, validated_data: dict[str, Any]) -> Project:
        """Publish a project of the caller's."""
        project = Project(author=self.context["request"].user)
        return save_project(project, **validated_data)

    def update(self, instance: Project, validated_data: dict[str, Any]) -> Project:
        """Change what was sent."""
        return change_project(instance.pk, **validated_data)


class BookmarkSerializer(serializers.Serializer[Any]):
    """The state after turning a bookmark on or off."""

    bookmarked = serializers.BooleanField()
    bookmark_count = serializers.IntegerField()


class DismissalSerializer(serializers.Serializer[Any]):
    """The state after dismissing a project, or taking that back."""

    dismissed = serializers.BooleanField()


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment; without an author where the account was deleted."""

    author = PersonSerializer(read_only=True, allow_null=True)
    body = serializers.CharField(max_length=COMMENT_MAX_LENGTH)
    editable = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = ["id", "author", "body", "created_at", "updated_at", "editable"]

    def get_editable(self, comment: Comment) -> bool:
        """Whether the caller may change or delete it."""
        return may_edit(self.context["request"].user, comment)

    def update(self, instance: Comment, validated_data: dict[str, Any]) -> Comment:
        """Change the text."""
        instance.body = validated_data.get("body", instance.body)
        instance.updated_at = timezone.now()
        instance.save(update_fields=["body", "updated_at"])
        return instance
