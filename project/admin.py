"""Projects, comments and bookmarks in the admin, and hiding what must not be shown."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from project.models import (
    Bookmark,
    BookmarkChange,
    Comment,
    Dismissal,
    Draft,
    Mention,
    Picture,
    Project,
)
from project.services import save_project, set_bookmark, set_hidden
from project.text.rendering import keep_mentions, render_comment_body
from user.admin.base import ListAdmin, ReadOnlyAdmin, number_of


class HideableAdmin(ListAdmin):
    """Rows that a moderator can hide from everybody, and show again."""

    actions = ["hide", "show"]

    @admin.action(description="선택한 %(verbose_name_plural)s 숨기기", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Hide from everybody."""
        self._set_hidden(request, queryset, True, _("숨겼어요"))

    @admin.action(description="선택한 %(verbose_name_plural)s 다시 보이기", permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Show again."""
        self._set_hidden(request, queryset, False, _("다시 보이게 했어요"))

    @transaction.atomic
    def _set_hidden(
        self, request: HttpRequest, queryset: QuerySet[Any], hidden: bool, what: str
    ) -> None:
        """Write those that are not so yet, and note it. Locks their rows."""
        rows = list(queryset.exclude(is_hidden=hidden).select_for_update(of=("self",)))
        set_hidden(self.model, [row.pk for row in rows], hidden=hidden)
        self.note(request, rows, what)


class ProjectList(ChangeList):
    """The list of projects, without their texts and with the number of their comments."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: Any = None
    ) -> QuerySet[Project]:
        """What a line of the list needs."""
        projects: QuerySet[Project] = super().get_queryset(request, exclude_parameters)
        return projects.defer("content", "content_html", "search_text").annotate(
            comments_made=number_of(Project, "comments")
        )


@admin.register(Project)
class ProjectAdmin(HideableAdmin):
    """Projects; found by the words in title, summary, nickname and skills, as on the board."""

    list_display = [
        "title",
        "author",
        "is_hidden",
        "view_count",
        "bookmark_count",
        "comment_count",
        "created_at",
    ]
    list_filter = ["is_hidden", "author__is_active", "created_at", "skills"]
    list_select_related = ["author"]
    search_fields = ["title"]  # what is searched, `get_search_results` decides
    search_help_text = "제목, 한 줄 소개, 닉네임, 기술 스택"
    date_hierarchy = "created_at"
    ordering = ["-id"]
    autocomplete_fields = ["author", "skills"]
    raw_id_fields = ["thumbnail"]
    readonly_fields = ["view_count", "bookmark_count", "created_at", "updated_at"]
    fields = [
        "author",
        "title",
        "summary",
        "content",
        "thumbnail",
        "github_url",
        "demo_url",
        "stage",
        "skills",
        "is_hidden",
        *readonly_fields,
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list of projects."""
        return ProjectList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Project], search_term: str
    ) -> tuple[QuerySet[Project], bool]:
        """Projects in whose search text each word stands."""
        if search_term:
            queryset = queryset.filter(search_text__has_words=search_term)
        return queryset, False

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        """Write the project, and note the pictures that its text shows."""
        save_project(obj, content=obj.content)

    @admin.display(description="댓글")
    def comment_count(self, project: Any) -> int:
        """How many comments there are, hidden ones as well."""
        return int(project.comments_made)


@admin.register(Comment)
class CommentAdmin(HideableAdmin):
    """Comments."""

    list_display = ["__str__", "author", "project", "is_hidden", "created_at"]
    list_filter = ["is_hidden", "author__is_active", "created_at"]
    list_select_related = ["author", "project"]
    search_fields = ["body", "author__username"]
    date_hierarchy = "created_at"
    ordering = ["-id"]
    autocomplete_fields = ["project", "author"]
    readonly_fields = ["created_at", "updated_at"]
    fields = ["project", "author", "body", "is_hidden", *readonly_fields]

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        """Write the comment, and its HTML."""
        people = render_comment_body(obj)
        super().save_model(request, obj, form, change)
        keep_mentions({obj: people})

    def get_readonly_fields(self, request: HttpRequest, obj: Comment | None = None) -> list[str]:
        """Never makes a user the author of what another has said."""
        return [*self.readonly_fields, *(["project", "author"] if obj else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """Without the texts of the projects."""
        comments: QuerySet[Comment] = super().get_queryset(request)
        return comments.select_related("author", "project").defer(
            "project__content", "project__content_html", "project__search_text"
        )


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    """Whom nicknames in comments mean."""

    list_display = ["name", "user", "comment"]
    list_select_related = ["user", "comment"]
    search_fields = ["=name", "=user__username"]
    ordering = ["-id"]
    fields = ["name", "user", "comment"]


@admin.register(Bookmark)
class BookmarkAdmin(ReadOnlyAdmin):
    """Who keeps which project. They are made by people, and here only taken away."""

    list_display = ["user", "project", "created_at"]
    list_filter = ["created_at"]
    search_fields = ["user__username"]
    ordering = ["-id"]
    fields = ["user", "project", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bookmark]:
        """Without the texts of the projects."""
        bookmarks: QuerySet[Bookmark] = super().get_queryset(request)
        return bookmarks.select_related("user", "project").defer(
            "project__content", "project__content_html", "project__search_text"
        )

    def delete_model(self, request: HttpRequest, obj: Bookmark) -> None:
        """Take it away, and from the project's count."""
        set_bookmark(obj.user, obj.project_id, bookmarked=False)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Bookmark]) -> None:
        """Take them away, and from the projects' counts."""
        for bookmark in queryset.order_by("project"):  # in one order, so that none waits for ever
            self.delete_model(request, bookmark)


class RecommendationFactAdmin(ListAdmin):
    """What people did that recommendations are made from: to look at and to take away."""

    search_fields = ["user__username"]
    list_select_related = ["user"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People make them, not moderators."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As they are made, so they stay."""
        return False


@admin.register(Dismissal)
class DismissalAdmin(RecommendationFactAdmin):
    """Who is not interested in which project."""

    list_display = ["user", "project", "created_at"]
    list_filter = ["created_at"]
    ordering = ["-id"]
    fields = ["user", "project", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dismissal]:
        """Without the texts of the projects."""
        dismissals: QuerySet[Dismissal] = super().get_queryset(request)
        return dismissals.select_related("project").defer(
            "project__content", "project__content_html", "project__search_text"
        )


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    """Whose drafts there are. What is not published is not shown."""

    list_display = ["id", "owner", "project", "updated_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__username"]
    ordering = ["-updated_at", "-id"]
    fields = ["owner", "project", "created_at", "updated_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        """Without their texts, and without the projects'."""
        drafts: QuerySet[Draft] = super().get_queryset(request)
        return drafts.select_related("project").only(
            "owner__username", "project__title", "created_at", "updated_at"
        )


@admin.register(Picture)
class PictureAdmin(ReadOnlyAdmin):
    """The pictures of galleries, to look at and to take away."""

    list_display = ["project", "position", "image", "alt"]
    search_fields = ["alt", "project__title", "project__author__username"]
    ordering = ["-id"]
    fields = ["project", "position", "image", "alt"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        """Without the texts of the projects."""
        pictures: QuerySet[Picture] = super().get_queryset(request)
        return pictures.select_related("project", "image").defer(
            "project__content", "project__content_html", "project__search_text"
        )


@admin.register(BookmarkChange)
class BookmarkChangeAdmin(RecommendationFactAdmin):
    """Whose bookmarks the similarity job looks at again."""

    list_display = ["user", "changed_at"]
    ordering = ["-changed_at"]
    fields = ["user", "changed_at"]
