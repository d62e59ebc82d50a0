"""Skills over HTTP: everybody reads them, and who misses one says so."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from user.api.conditional import conditional
from user.api.throttling import ScopeThrottle
from user.api.validation import validated
from user.api.views import PublicView
from user.login.authentication import current_user
from user.models import Skill, SkillSuggestion
from user.skills.models import key_of
from user.skills.serializers import (
    SkillPageSerializer,
    SkillSearchSerializer,
    SkillSerializer,
    SkillSuggestionSerializer,
)

# A list of skills is the same for everybody, and changes rarely.
MAX_AGE = 300  # seconds


@conditional
class SkillListView(PublicView, generics.ListAPIView[Skill]):
    """All skills."""

    serializer_class = SkillSerializer
    pagination_class = None
    queryset = Skill.objects.none()

    @extend_schema(parameters=[SkillSearchSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """All skills in alphabetical order, or those that `search` finds, the best first.

        A search matches names and aliases: exact ones first, then beginnings, then the more used.
        """
        response = self.list(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    def get_queryset(self) -> QuerySet[Skill]:
        """The skills that the search finds, with their names."""
        search = validated(SkillSearchSerializer, self.request)["search"]
        return Skill.objects.search(search).prefetch_related("names")


@conditional
class SkillView(PublicView, generics.RetrieveAPIView[Skill]):
    """One skill."""

    serializer_class = SkillPageSerializer
    queryset = Skill.objects.prefetch_related("names")
    lookup_field = "slug"

    def get_object(self) -> Skill:
        """The skill of this slug, or else the one that goes by this name."""
        slug = self.kwargs["slug"]
        skills = self.get_queryset()
        return skills.filter(slug=slug).first() or get_object_or_404(
            skills, names__key=key_of(slug)
        )

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A skill by its slug, with the skills that the same people hold."""
        response = self.retrieve(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response


class SkillSuggestionView(APIView):
    """Skills that people miss."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [ScopeThrottle]
    throttle_scope = "skill_suggestions"

    @extend_schema(request=SkillSuggestionSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Suggest a skill to the moderators; the same one again changes nothing."""
        name = validated(SkillSuggestionSerializer, request)["name"]
        SkillSuggestion.objects.suggest(name, current_user(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
