"""Notifications over HTTP: who may do what, and with which status. All is the caller's own."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from notification import services
from notification.models import Follow, Notification, Settings
from notification.push.subscriptions import subscribe, unsubscribe
from notification.serializers import (
    EndpointSerializer,
    FollowingSerializer,
    FollowSerializer,
    NotificationQuerySerializer,
    NotificationSerializer,
    PushKeySerializer,
    ReadSerializer,
    SettingsSerializer,
    SubscriptionSerializer,
    UnreadSerializer,
)
from user.api.pagination import KeysetPagination, Ordering
from user.api.validation import validated
from user.login.authentication import current_session, current_user
from user.models import Skill, User
from user.permissions import EmailConfirmed
from user.renames import account_named


class NotificationListView(generics.ListAPIView[Notification]):
    """My notifications, newest first."""

    queryset = Notification.objects.none()
    serializer_class = NotificationSerializer
    permission_classes = [IsAuthenticated]
    pagination_class = KeysetPagination

    @extend_schema(parameters=[NotificationQuerySerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """My notifications, newest first; a fixed number of queries."""
        return self.list(request, *args, **kwargs)

    def get_ordering(self) -> Ordering:
        """By the last time that something happened."""
        return Ordering("updated_at")

    def get_queryset(self) -> QuerySet[Notification]:
        """Mine, or only those that are unread."""
        rows = Notification.objects.for_list(current_user(self.request))
        only_unread = validated(NotificationQuerySerializer, self.request)["unread"]
        return rows.filter(read_at=None) if only_unread else rows


class UnreadView(APIView):
    """The number on the bell."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        """How many of my notifications are unread, counted up to 100."""
        return Response({"unread": Notification.objects.unread_count(current_user(request))})


class ReadView(APIView):
    """Read marks."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=ReadSerializer, responses=UnreadSerializer)
    def post(self, request: Request) -> Response:
        """Mark `ids`, or `all`, as read; others' ids change nothing. Answers what is left."""
        me = current_user(request)
        services.mark_read(me, validated(ReadSerializer, request).get("ids"))
        return Response({"unread": Notification.objects.unread_count(me)})


class SettingsView(generics.RetrieveUpdateAPIView[Settings]):
    """How I am notified."""

    permission_classes = [IsAuthenticated]
    serializer_class = SettingsSerializer
    http_method_names = ["get", "patch", "head", "options"]

    def get_object(self) -> Settings:
        """Mine; the default ones until something is changed."""
        return Settings.of(current_user(self.request))


class PushView(APIView):
    """Web Push in the calling browser."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=PushKeySerializer)
    def get(self, request: Request) -> Response:
        """The key to subscribe with."""
        return Response({"public_key": settings.VAPID_PUBLIC_KEY})

    @extend_schema(request=SubscriptionSerializer, responses={204: None, 404: None})
    def post(self, request: Request) -> Response:
        """Push to this browser for as long as I am signed in here; again is no error.

        404 where the site has no keys to push with.
        """
        if not settings.PUSH_ENABLED:
            raise NotFound
        data = validated(SubscriptionSerializer, request)
        subscribe(
            current_user(request),
            current_session(request),
            endpoint=data["endpoint"],
            **data["keys"],
        )
        return Response(status=204)


class PushEndView(APIView):
    """The end of Web Push in the calling browser."""

    permission_classes = [IsAuthenticated]

    @extend_schema(request=EndpointSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Push no more to one of my browsers; again is no error."""
        unsubscribe(current_user(request), validated(EndpointSerializer, request)["endpoint"])
        return Response(status=204)


class FollowView(APIView):
    """What the follow buttons of people and of skills share."""

    permission_classes = [IsAuthenticated, EmailConfirmed]

    def get_thing(self) -> User | Skill:
        """What is followed. Raises Http404."""
        raise NotImplementedError

    @extend_schema(responses=FollowingSerializer)
    def get(self, request: Request, **kwargs: str) -> Response:
        """Whether I follow it."""
        thing = self.get_thing()
        follows = Follow.objects.of(current_user(request), thing)
        return Response({"following": follows.exists()})

    @extend_schema(request=None, responses={200: FollowingSerializer})
    def put(self, request: Request, **kwargs: str) -> Response:
        """Follow; again is no error."""
        services.set_follow(current_user(request), self.get_thing(), following=True)
        return Response({"following": True})

    @extend_schema(responses={200: FollowingSerializer})
    def delete(self, request: Request, **kwargs: str) -> Response:
        """Follow no longer; again is no error."""
        services.set_follow(current_user(request), self.get_thing(), following=False)
        return Response({"following": False})


class PersonFollowView(FollowView):
    """A person's follow button."""

    def get_thing(self) -> User:
        """The person of this nickname. Raises Http404, and ValidationError (400) for oneself."""
        person = get_object_or_404(User.objects.public(), pk=account_named(self.kwargs["username"]))
        if person.pk == self.request.user.pk:
            raise ValidationError(_("자신을 팔로우할 수는 없어요."), code="follow_self")
        return person


class SkillFollowView(FollowView):
    """A skill's follow button."""

    def get_thing(self) -> Skill:
        """The skill of this slug. Raises Http404."""
        return get_object_or_404(Skill, slug=self.kwargs["slug"])


class FollowListView(generics.ListAPIView[Follow]):
    """What I follow, newest first."""

    queryset = Follow.objects.none()
    serializer_class = FollowSerializer
    permission_classes = [IsAuthenticated]
    pagination_class = KeysetPagination

    def get_ordering(self) -> Ordering:
        """The newest first."""
        return Ordering("created_at")

    def get_queryset(self) -> QuerySet[Follow]:
        """Mine."""
        return Follow.objects.for_list(current_user(self.request))
