"""Recommendations over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ai.recommend import Recommendations, recommend
from ai.serializers import RecommendationQuerySerializer, RecommendationsSerializer
from user.api.validation import validated
from user.authentication import current_user


class RecommendationsView(generics.GenericAPIView[Recommendations]):  # type: ignore[type-var]
    """Projects of people whose stack resembles mine."""

    serializer_class = RecommendationsSerializer
    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[RecommendationQuerySerializer],
        responses=RecommendationsSerializer,
        operation_id="recommendations_list",
    )
    def get(self, request: Request) -> Response:
        """The list is full whenever the board has enough projects, whatever the files say."""
        query = validated(RecommendationQuerySerializer, request)
        found = recommend(current_user(request), query["limit"])
        return Response(self.get_serializer(found).data)
