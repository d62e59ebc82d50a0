"""The shapes of recommendations."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from project.serializers import ProjectCardSerializer
from user.serializers import PersonSerializer

RELATIONS = ["made", "bookmarked"]


class RecommendationQuerySerializer(serializers.Serializer[Any]):
    """How many are asked for."""

    limit = serializers.IntegerField(min_value=1, max_value=50, default=12)


class SimilarStackSerializer(serializers.Serializer[Any]):
    """Someone with a similar stack made or bookmarked it."""

    kind = serializers.ChoiceField(choices=["similar_stack"])
    username = serializers.CharField()
    relation = serializers.ChoiceField(choices=RELATIONS)
    score = serializers.FloatField(min_value=0, max_value=1)
    shared_skills = serializers.ListField(child=serializers.CharField())


class SharedProjectSerializer(serializers.Serializer[Any]):
    """A project that two people bookmarked."""

    id = serializers.IntegerField()
    title = serializers.CharField()


class SimilarTasteSerializer(serializers.Serializer[Any]):
    """Someone who bookmarked the same projects as the current user made or bookmarked it."""

    kind = serializers.ChoiceField(choices=["similar_taste"])
    username = serializers.CharField()
    relation = serializers.ChoiceField(choices=RELATIONS)
    shared_projects = SharedProjectSerializer(many=True)


class SharedSkillsSerializer(serializers.Serializer[Any]):
    """It uses skills that the current user holds."""

    kind = serializers.ChoiceField(choices=["shared_skills"])
    skills = serializers.ListField(child=serializers.CharField())


class PopularSerializer(serializers.Serializer[Any]):
    """People bookmarked it."""

    kind = serializers.ChoiceField(choices=["popular"])


class NewSerializer(serializers.Serializer[Any]):
    """It is there to be discovered: it has no bookmark yet."""

    kind = serializers.ChoiceField(choices=["new"])


REASONS = {
    "similar_stack": SimilarStackSerializer,
    "similar_taste": SimilarTasteSerializer,
    "shared_skills": SharedSkillsSerializer,
    "popular": PopularSerializer,
    "new": NewSerializer,
}


class RecommendationSerializer(serializers.Serializer[Any]):
    """A project with the reason why it is recommended."""

    project = ProjectCardSerializer()
    reason = serializers.SerializerMethodField()

    @extend_schema_field(
        PolymorphicProxySerializer(
            component_name="Reason",
            serializers=list(REASONS.values()),
            resource_type_field_name=None,
        )
    )
    def get_reason(self, recommendation: Any) -> dict[str, Any]:
        """One of the kinds."""
        reason: dict[str, Any] = recommendation.reason
        return reason


class RecommendationsSerializer(serializers.Serializer[Any]):
    """The answer: projects, the age of the similarities, and which kinds of reasons occur."""

    results = RecommendationSerializer(many=True)
    generated_at = serializers.DateTimeField(allow_null=True)
    source = serializers.ListField(  # type: ignore[assignment]
        child=serializers.ChoiceField(choices=list(REASONS))
    )


class SimilarPersonSerializer(serializers.Serializer[Any]):
    """A person whose stack is like mine."""

    person = PersonSerializer()
    score = serializers.FloatField(min_value=0, max_value=1)
    shared_skills = serializers.ListField(child=serializers.CharField())


class SimilarPeopleSerializer(serializers.Serializer[Any]):
    """The answer: people, the most alike first, and the age of the similarities."""

    results = SimilarPersonSerializer(many=True)
    generated_at = serializers.DateTimeField(allow_null=True)


class StartersSerializer(serializers.Serializer[Any]):
    """Projects to pick from."""

    results = ProjectCardSerializer(many=True)
