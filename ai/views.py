"""Recommendations over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ai.people import people_like
from ai.recommend import recommend
from ai.serializers import (
    RecommendationQuerySerializer,
    RecommendationsSerializer,
    SimilarPeopleSerializer,
    StartersSerializer,
)
from ai.starters import starters_for
from user.api.validation import validated
from user.login.authentication import current_user


class RecommendationsView(generics.GenericAPIView[Any]):
    """Projects of people whose stack or taste resembles mine."""

    serializer_class = RecommendationsSerializer
    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[RecommendationQuerySerializer],
        responses=RecommendationsSerializer,
        operation_id="recommendations_list",
    )
    def get(self, request: Request) -> Response:
        """The list is full whenever the board has enough projects, whatever the files say."""
        limit = validated(RecommendationQuerySerializer, request)["limit"]
        return Response(self.get_serializer(recommend(current_user(request), limit)).data)


class SimilarPeopleView(generics.GenericAPIView[Any]):
    """People whose stack resembles mine and whom I may ask for a coffee chat."""

    serializer_class = SimilarPeopleSerializer
    permission_classes = [IsAuthenticated]

    @extend_schema(
        parameters=[RecommendationQuerySerializer],
        responses=SimilarPeopleSerializer,
        operation_id="recommendations_people_list",
    )
    def get(self, request: Request) -> Response:
        """The most alike first; empty until the first job after I chose skills."""
        limit = validated(RecommendationQuerySerializer, request)["limit"]
        return Response(self.get_serializer(people_like(current_user(request), limit)).data)


class StartersView(generics.GenericAPIView[Any]):
    """Projects for a newcomer to pick from."""

    serializer_class = StartersSerializer
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="recommendations_starters_list")
    def get(self, request: Request) -> Response:
        """Up to five well-known projects, spread over my skills."""
        return Response(self.get_serializer({"results": starters_for(current_user(request))}).data)
