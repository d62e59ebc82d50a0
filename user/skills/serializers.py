"""The shapes of skills."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from user.api.fields import BoundedListField, TextField
from user.constants import SKILL_NAME_MAX_LENGTH
from user.models import Skill, SkillSuggestion
from user.skills.models import key_of


class SkillNamesField(BoundedListField):
    """Names of skills, or aliases, each skill counted once. One query, however many."""

    child = serializers.CharField(max_length=SKILL_NAME_MAX_LENGTH)
    default_error_messages = {"skill_unknown": _("없는 기술 스택이에요: {names}")}

    def to_representation(self, data: Any) -> list[str]:
        """The names, in alphabetical order."""
        return sorted(skill.name for skill in data.all())

    def to_internal_value(self, data: Any) -> list[Skill]:
        """The skills of these names. Raises ValidationError for unknown ones."""
        names: Iterable[str] = super().to_internal_value(data)
        skills = Skill.objects.named(names)
        if unknown := sorted(set(names) - skills.keys()):
            self.fail("skill_unknown", names=", ".join(unknown))
        return list(dict.fromkeys(skills.values()))


class SkillLinkSerializer(serializers.ModelSerializer[Skill]):
    """A technology as it is named elsewhere."""

    class Meta:
        model = Skill
        fields = ["id", "name", "slug"]
        read_only_fields = fields


class SkillSerializer(SkillLinkSerializer):
    """A technology, the other names it goes by, and how many people and projects use it."""

    aliases = serializers.SerializerMethodField()
    users = serializers.IntegerField(source="people_count", read_only=True)
    projects = serializers.IntegerField(source="project_count", read_only=True)

    class Meta(SkillLinkSerializer.Meta):
        fields = [*SkillLinkSerializer.Meta.fields, "category", "aliases", "users", "projects"]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_aliases(self, skill: Skill) -> list[str]:
        """The other names, from what the queryset prefetched."""
        return [row.name for row in skill.names.all() if row.name != skill.name]


class SkillPageSerializer(SkillSerializer):
    """A technology's page: also the names of technologies that the same people hold."""

    related = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(SkillSerializer.Meta):
        fields = [*SkillSerializer.Meta.fields, "related"]


class SkillSearchSerializer(serializers.Serializer[Any]):
    """Query of the list of skills."""

    search = serializers.CharField(
        max_length=SKILL_NAME_MAX_LENGTH, required=False, allow_blank=True, default=""
    )


class SkillSuggestionSerializer(serializers.ModelSerializer[SkillSuggestion]):
    """A technology that a user suggests."""

    name = TextField(max_length=SKILL_NAME_MAX_LENGTH)

    class Meta:
        model = SkillSuggestion
        fields = ["name"]

    def validate_name(self, name: str) -> str:
        """Raise ValidationError where a skill goes by this name already, or it says nothing."""
        if not key_of(name):
            raise serializers.ValidationError(_("기술 이름을 적어 주세요."), code="blank")
        if Skill.objects.named([name]):
            raise serializers.ValidationError(_("이미 있는 기술 스택이에요."), code="unique")
        return name
