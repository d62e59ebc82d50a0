"""Rooms over HTTP: who may do what, and with which status. A stranger's room is not there: 404."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
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
    RoomListQuerySerializer,
    RoomSerializer,
    attach_last_messages,
    history,
)
from user.api.errors import Conflict, RetryLater
from user.api.pagination import KeysetPagination, Ordering
from user.api.validation import validated
from user.login.authentication import current_user
from user.models import User
from user.permissions import EmailConfirmed

NOT_ACCEPTING = _("지금은 커피챗을 받지 않는 분이에요.")


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
        """The rooms that the caller is in; in the list those of one box."""
        user = current_user(self.request)
        if self.action != "list":
            return Room.objects.for_viewer(user)
        if validated(RoomListQuerySerializer, self.request).get("box") == "requests":
            return Room.objects.for_requests(user)
        return Room.objects.for_list(user)

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

    def answer(self, room_id: UUID, status_code: int = status.HTTP_200_OK) -> Response:
        """A room as it stands now. Raises Http404."""
        self.kwargs["pk"] = room_id
        return Response(self.get_serializer(self.get_object()).data, status=status_code)

    @extend_schema(parameters=[RoomListQuerySerializer])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """My coffee chats, newest activity first; requests of others only with `box=requests`."""
        return super().list(request, *args, **kwargs)

    @extend_schema(
        request=AskSerializer,
        responses={200: RoomSerializer, 201: RoomSerializer, 409: None, 429: None},
    )
    @transaction.atomic  # the answer is the room as this call left it, whatever comes next
    def create(self, request: Request) -> Response:
        """Ask a user for a coffee chat: 201 for a new room, 200 for the one there is.

        It begins as a request that waits for an answer, unless the other one lets people ask
        freely, or has asked the caller. A member who had left is in the room again. The message is
        written where the call changes something.
        """
        asked = validated(AskSerializer, request)
        me = current_user(request)
        partner = User.objects.with_username(asked["partner"]).first()
        if partner is None:
            raise ValidationError({"partner": _("없는 사용자예요.")}, code="partner_unknown")
        if partner == me:
            raise ValidationError(
                {"partner": _("자신과는 커피챗을 할 수 없어요.")}, code="partner_self"
            )
        project = asked.get("project")
        if project is not None and project.author_id not in {me.pk, partner.pk}:
            raise ValidationError(
                {"project": _("두 사람의 프로젝트만 고를 수 있어요.")}, code="project_of_others"
            )
        try:
            room, created = services.ask(
                me, partner, message=asked.get("message", ""), project=project
            )
        except services.NotAcceptingError:
            raise Conflict(NOT_ACCEPTING, "not_accepting") from None
        except services.RetryLaterError as error:
            raise RetryLater(error.retry_at, _("지금은 신청할 수 없어요.")) from None
        return self.answer(room.pk, status.HTTP_201_CREATED if created else status.HTTP_200_OK)

    @extend_schema(request=None, responses={200: RoomSerializer, 409: None})
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    @transaction.atomic  # as for `create`
    def accept(self, request: Request, pk: UUID) -> Response:
        """Accept a request that waits for my answer; again changes nothing."""
        try:
            services.accept(pk, current_user(request))
        except Room.DoesNotExist:
            raise Http404 from None
        except services.NotAskedError:
            raise Conflict(_("신청을 받은 사람만 수락할 수 있어요."), "not_asked") from None
        except services.ExpiredError:
            raise Conflict(_("기한이 지난 신청이에요."), "expired") from None
        except services.NotAcceptingError:
            raise Conflict(NOT_ACCEPTING, "not_accepting") from None
        return self.answer(pk)

    def perform_destroy(self, instance: Room) -> None:
        """Leave: decline where I was asked, withdraw where I asked.

        The partner keeps a conversation, read-only; when both have left it is deleted.
        """
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
