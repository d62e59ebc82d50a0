"""Rooms over HTTP: who may do what, and with which status. A stranger's room is not there: 404."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from chat import services
from chat.models import Room
from chat.serializers import (
    AskSerializer,
    HistoryQuerySerializer,
    HistorySerializer,
    MessageSerializer,
    RoomSerializer,
    attach_last_messages,
    history,
)
from user.api.pagination import KeysetPagination, Ordering
from user.api.validation import validated
from user.authentication import current_user
from user.models import User
from user.permissions import EmailConfirmed


class RoomPagination(KeysetPagination):
    """Thirty rooms a page, as the list of a screen shows them."""

    page_size = 30


class RoomViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Room],
):
    """My coffee chats."""

    queryset = Room.objects.none()
    serializer_class = RoomSerializer
    permission_classes = [IsAuthenticated, EmailConfirmed]
    pagination_class = RoomPagination
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Room]:
        """The rooms that the caller is in."""
        return Room.objects.for_list(current_user(self.request))

    def get_ordering(self) -> Ordering:
        """Newest activity first."""
        return Ordering("updated_at")

    def get_serializer_context(self) -> dict[str, Any]:
        """Rooms look different from each side."""
        return {**super().get_serializer_context(), "user": self.request.user}

    def paginate_queryset(self, queryset: Any) -> Any:
        """The rooms of a page with their newest messages."""
        page = super().paginate_queryset(queryset)
        if page is not None:
            attach_last_messages(page)
        return page

    def get_object(self) -> Room:
        """One of my rooms with its newest message. Raises Http404."""
        room = super().get_object()
        attach_last_messages([room])
        return room

    @extend_schema(
        request=AskSerializer, responses={200: RoomSerializer, 201: RoomSerializer, 429: None}
    )
    def create(self, request: Request) -> Response:
        """Ask a user for a coffee chat: 201 for a new room, 200 for the one there is.

        A member who had left it is in the room again, with its history.
        """
        asked = validated(AskSerializer, request)
        me = current_user(request)
        partner = User.objects.public().filter(username__lower=asked["partner"].lower())
        other = partner.first()
        if other is None:
            raise ValidationError({"partner": "없는 사용자입니다."}, code="partner_unknown")
        if other == me:
            raise ValidationError(
                {"partner": "자신과는 커피챗을 할 수 없습니다."}, code="partner_self"
            )
        try:
            room, created = services.ask(me, other)
        except services.TooManyRoomsError:
            raise Throttled(3600, "커피챗을 너무 많이 신청했습니다.") from None
        self.kwargs["pk"] = room.pk
        found = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(self.get_serializer(self.get_object()).data, status=found)

    def perform_destroy(self, instance: Room) -> None:
        """Leave. The partner keeps the room, read-only; when both have left it is deleted."""
        try:
            services.leave(instance.pk, current_user(self.request).pk)
        except Room.DoesNotExist:
            raise Http404 from None

    @extend_schema(parameters=[HistoryQuerySerializer], responses=HistorySerializer)
    @action(detail=True, pagination_class=None)
    def messages(self, request: Request, pk: str) -> Response:
        """A part of the room's history, at most 100 messages, ordered by `seq`."""
        query = validated(HistoryQuerySerializer, request)
        room = Room.objects.of(current_user(request).pk).filter(pk=pk).first()
        if room is None:
            raise Http404
        messages, has_more = history(room, query)
        results = MessageSerializer(messages, many=True).data
        return Response({"results": results, "has_more": has_more})
