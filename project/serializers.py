"""The shapes of projects and comments."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from project.comments import NotAcceptingError, write_comment
from project.constants import (
    BOARD_MAX_SKILLS,
    BOARD_ORDERINGS,
    COMMENT_MAX_LENGTH,
    CONTENT_MAX_LENGTH,
    MAX_PICTURES,
    PROJECT_MAX_SKILLS,
    SUMMARY_MAX_LENGTH,
    TITLE_MAX_LENGTH,
    Stage,
)
from project.models import Comment, Project
from project.permissions import may_edit
from project.pictures import PictureListSerializer, picture_shape
from project.services import change_project, save_project
from project.text.nesting import TooNestedError
from project.text.rendering import comment_html, project_html
from project.versions import version_check
from user.api.errors import Conflict
from user.api.fields import CommaSeparatedField, LineField, TextField
from user.constants import SKILL_NAME_MAX_LENGTH, USERNAME_MAX_LENGTH
from user.fields import GitHubURLField
from user.images.fields import ImageURLField
from user.images.storage import image_url
from user.serializers import PersonSerializer
from user.skills.serializers import SkillNamesField


class BoardQuerySerializer(serializers.Serializer[Any]):
    """What the board can be filtered and ordered by."""

    ordering = serializers.ChoiceField(choices=list(BOARD_ORDERINGS), default="newest")
    skills = CommaSeparatedField(
        max_items=BOARD_MAX_SKILLS,
        max_item_length=SKILL_NAME_MAX_LENGTH,
        required=False,
        help_text="이름을 쉼표로 이어서, 10개까지: `Python,Django`",
    )
    stage = serializers.ChoiceField(choices=Stage.choices, required=False)
    following = serializers.BooleanField(
        required=False, help_text="내가 팔로우하는 사람과 기술의 프로젝트만. 로그인이 필요해요"
    )
    skills_match = serializers.ChoiceField(choices=["any", "all"], default="any")
    search = serializers.CharField(required=False, allow_blank=True, max_length=100)
    author = TextField(required=False, max_length=USERNAME_MAX_LENGTH)
    bookmarked_by = TextField(required=False, max_length=USERNAME_MAX_LENGTH)


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
            "demo_url",
            "stage",
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
    """A project's page; what it takes when a user writes one."""

    title = LineField(max_length=TITLE_MAX_LENGTH)
    summary = LineField(max_length=SUMMARY_MAX_LENGTH, required=False, allow_blank=True)
    content = TextField(
        max_length=CONTENT_MAX_LENGTH, required=False, allow_blank=True, trim_whitespace=False
    )
    github_url = GitHubURLField(required=False, allow_blank=True, max_length=200)
    thumbnail = ImageURLField(required=False, allow_null=True)  # type: ignore[assignment]
    pictures = PictureListSerializer(required=False, max_length=MAX_PICTURES)
    skills = SkillNamesField(required=False, max_length=PROJECT_MAX_SKILLS)
    content_html = serializers.CharField(read_only=True, help_text="본문을 HTML로 만든 것")
    version = serializers.IntegerField(
        required=False, min_value=1, help_text="고치기 전에 읽은 판. 그새 바뀌었으면 412"
    )
    editable = serializers.SerializerMethodField()

    class Meta(ProjectCardSerializer.Meta):
        fields = [
            *ProjectCardSerializer.Meta.fields,
            "pictures",
            "content",
            "content_html",
            "version",
            "updated_at",
            "editable",
        ]
        read_only_fields = ["view_count", "bookmark_count", "created_at", "updated_at"]

    def get_editable(self, project: Project) -> bool:
        """Whether the caller may change or delete it."""
        return may_edit(self.context["request"].user, project)

    def to_representation(self, project: Any) -> dict[str, Any]:
        """The card and what only the page shows."""
        return ProjectCardSerializer().to_representation(project) | {
            "pictures": [picture_shape(picture) for picture in project.picture_list],
            "content": project.content,
            "content_html": project_html(project),
            "version": project.version,
            "updated_at": timezone.localtime(project.updated_at).isoformat(),
            "editable": self.get_editable(project),
        }

    def create(self, validated_data: dict[str, Any]) -> Project:
        """Publish a project of the caller's."""
        validated_data.pop("version", None)
        project = Project(author=self.context["request"].user)
        with refused_at("content"):
            return save_project(project, **validated_data)

    def update(self, instance: Project, validated_data: dict[str, Any]) -> Project:
        """Change what was sent. Raises OutdatedError when another user did since then."""
        is_current = version_check(self.context["request"], validated_data.pop("version", None))
        with refused_at("content"):
            return change_project(instance.pk, is_current, **validated_data)


@contextmanager
def refused_at(field: str) -> Iterator[None]:
    """Turn a text that cannot be rendered into a ValidationError (400) at its field."""
    try:
        yield
    except TooNestedError as error:
        raise serializers.ValidationError({field: [str(error)]}, code="too_nested") from error


class MarkdownSerializer(serializers.Serializer[Any]):
    """A text, and how it will look."""

    text = serializers.CharField(
        max_length=CONTENT_MAX_LENGTH, allow_blank=True, trim_whitespace=False, write_only=True
    )
    html = serializers.CharField(read_only=True)


class ProjectCountSerializer(serializers.Serializer[Any]):
    """How many projects a query of the board finds."""

    count = serializers.IntegerField(help_text="1,000까지만 세요")
    more = serializers.BooleanField(help_text="그보다 더 있는지")


class SimilarSerializer(serializers.Serializer[Any]):
    """Projects like another one."""

    results = ProjectCardSerializer(many=True)


class BookmarkSerializer(serializers.Serializer[Any]):
    """The state after turning a bookmark on or off."""

    bookmarked = serializers.BooleanField()
    bookmark_count = serializers.IntegerField()


class DismissalSerializer(serializers.Serializer[Any]):
    """The state after dismissing a project, or taking that back."""

    dismissed = serializers.BooleanField()


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment; without an author where the account was deleted.

    `deleted`: gone, and shown as such because there are replies to it.
    """

    author = PersonSerializer(read_only=True, allow_null=True)
    body = TextField(max_length=COMMENT_MAX_LENGTH)
    body_html = serializers.CharField(read_only=True, help_text="댓글을 HTML로 만든 것")
    parent = serializers.PrimaryKeyRelatedField(  # type: ignore[assignment] # not the tree's parent
        queryset=Comment.objects.none(), required=False, allow_null=True
    )
    deleted = serializers.BooleanField(read_only=True)
    editable = serializers.SerializerMethodField()

    default_error_messages = {"reply_to_reply": _("답글에는 답글을 달 수 없어요.")}

    class Meta:
        model = Comment
        fields = [
            "id",
            "parent",
            "author",
            "body",
            "body_html",
            "deleted",
            "created_at",
            "updated_at",
            "editable",
        ]

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The fields; `parent` must be a comment under the same project."""
        fields = super().get_fields()
        if project := self.context.get("project"):
            comments = Comment.objects.visible().filter(project=project)
            fields["parent"].queryset = comments  # type: ignore[attr-defined]
        return fields

    def get_editable(self, comment: Comment) -> bool:
        """Whether the caller may change or delete it."""
        return may_edit(self.context["request"].user, comment)

    def validate_parent(self, parent: Comment | None) -> Comment | None:
        """A comment that is no reply itself, and stays what it was when the text changes."""
        if isinstance(self.instance, Comment):
            return self.instance.parent
        if parent and parent.parent_id:
            self.fail("reply_to_reply")
        return parent

    def to_representation(self, comment: Any) -> dict[str, Any]:
        """The comment; nothing but its place where it is not to be seen."""
        is_shown = getattr(comment, "is_shown", True)
        return {
            "id": comment.pk,
            "parent": comment.parent_id,
            "author": self._author(comment) if is_shown else None,
            "body": comment.body if is_shown else "",
            "body_html": comment_html(comment) if is_shown else "",
            "deleted": not is_shown,
            "created_at": timezone.localtime(comment.created_at).isoformat(),
            "updated_at": timezone.localtime(comment.updated_at).isoformat(),
            "editable": is_shown and self.get_editable(comment),
        }

    def _author(self, comment: Comment) -> dict[str, Any] | None:
        return PersonSerializer(comment.author).data if comment.author else None

    def create(self, validated_data: dict[str, Any]) -> Comment:
        """Comment as the caller."""
        return self._write(Comment(**validated_data))

    def update(self, instance: Comment, validated_data: dict[str, Any]) -> Comment:
        """Change the text."""
        instance.body = validated_data.get("body", instance.body)
        return self._write(instance)

    def _write(self, comment: Comment) -> Comment:
        try:
            with refused_at("body"):
                write_comment(comment)
        except NotAcceptingError:
            raise Conflict(_("이 글에는 댓글을 남길 수 없어요."), "not_accepting") from None
        return comment
