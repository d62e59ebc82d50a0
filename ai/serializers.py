"""The shapes of recommendations."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from project.serializers import ProjectCardSerializer


class RecommendationQuerySerializer(serializers.Serializer[Any]):
    """How many are asked for."""

    limit = serializers.IntegerField(min_value=1, max_value=50, default=12)


class SimilarStackSerializer(serializers.Serializer[Any]):
    """Someone with a similar stack wrote or bookmarked it."""

    kind = serializers.ChoiceField(choices=["similar_stack"])
    username = serializers.CharField()
    score = serializers.FloatField(min_value=0, max_value=1)
    shared_skills = serializers.ListField(child=serializers.CharField())


class SharedSkillsSerializer(serializers.Serializer[Any]):
    """It uses skills that the current user holds."""

    kind = serializers.ChoiceField(choices=["shared_skills"])
    skills = serializers.ListField(child=serializers.CharField())


class PopularSerializer(serializers.Serializer[Any]):
    """Many bookmarked it."""

    kind = serializers.ChoiceField(choices=["popular"])


class RecommendationSerializer(serializers.Serializer[Any]):
    """A project with the reason why it is recommended."""

    project = ProjectCardSerializer()
    reason = serializers.SerializerMethodField()

    @extend_schema_field(
        PolymorphicProxySerializer(
            component_name="Reason",
            serializers=[SimilarStackSerializer, SharedSkillsSerializer, PopularSerializer],
            resource_type_field_name=None,
        )
    )
    def get_reason(self, recommendation: Any) -> dict[str, Any]:
        """One of the three kinds."""
        reason: dict[str, Any] = recommendation.reason
        return reason


class RecommendationsSerializer(serializers.Serializer[Any]):
    """The answer: projects, the age of the similarities, and which kinds of reasons occur."""

    results = RecommendationSerializer(many=True)
    generated_at = serializers.DateTimeField(allow_null=True)
    source = serializers.ListField(  # type: ignore[assignment]
        child=serializers.ChoiceField(choices=["similar_stack", "shared_skills", "popular"])
    )
