"""Skills, their names, and what people suggest, in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from user.admin.base import ListAdmin, number_of
from user.models import Skill, SkillName, SkillSuggestion
from user.skills.services import accept_suggestions, merge_skills


class SkillNameInline(admin.TabularInline[SkillName, Skill]):
    """The names that a skill goes by."""

    model = SkillName
    extra = 1


@admin.register(Skill)
class SkillAdmin(ListAdmin):
    """The tech stack, and how much it is used."""

    list_display = ["name", "category", "people_count", "project_count"]
    list_filter = ["category"]
    search_fields = ["name", "names__name"]
    fields = ["name", "slug", "category"]
    inlines = [SkillNameInline]
    actions = ["merge"]

    @admin.action(
        description="하나로 합치기 (가장 많이 쓰는 것으로)", permissions=["change", "delete"]
    )
    def merge(self, request: HttpRequest, queryset: QuerySet[Skill]) -> None:
        """Make one skill of those chosen: the most used stays and takes the others' names."""
        keeper, *doubles = queryset.order_by("-people_count", "-project_count", "pk")
        for double in doubles:
            merge_skills(keeper, double)
        self.note(request, [keeper], f"합침: {', '.join(map(str, doubles))}")


@admin.register(SkillSuggestion)
class SkillSuggestionAdmin(ListAdmin):
    """Technologies that people miss."""

    list_display = ["name", "suggestions", "created_at"]
    search_fields = ["name"]
    readonly_fields = ["suggested_by"]
    actions = ["accept"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not allowed: suggestions come over the API."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SkillSuggestion]:
        """With the number of people who miss it."""
        suggestions: QuerySet[SkillSuggestion] = super().get_queryset(request)
        return suggestions.annotate(people=number_of(SkillSuggestion, "suggested_by"))

    @admin.display(description="제안한 사람", ordering="people")
    def suggestions(self, suggestion: Any) -> int:
        """How many people miss it."""
        return int(suggestion.people)

    @admin.action(description="목록에 추가", permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[SkillSuggestion]) -> None:
        """Make skills of the suggestions, to be given a category and aliases."""
        added = accept_suggestions(queryset)
        self.note(request, added, "제안에서 추가")
