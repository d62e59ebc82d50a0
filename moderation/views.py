"""People, blocks and reports over HTTP: who may do what, and with which status."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation import services, targets
from moderation.constants import Kind
from moderation.models import Block
from moderation.serializers import (
    BlockedSerializer,
    BlockSerializer,
    PeopleQuerySerializer,
    ReportSerializer,
)
from moderation.visibility import found_people
from user.api.conditional import conditional, depends_on_viewer
from user.api.pagination import KeysetPagination, Ordering
from user.api.throttling import ScopeThrottle, WriteThrottle
from user.api.validation import validated
from user.login.authentication import current_user
from user.models import User
from user.permissions import EmailConfirmed
from user.renames import account_named
from user.serializers import PublicUserSerializer


@conditional
class PeopleView(generics.ListAPIView[User]):
    """People who let themselves be found."""

    queryset = User.objects.none()
    serializer_class = PublicUserSerializer
    permission_classes = [AllowAny]
    pagination_class = KeysetPagination

    def get_ordering(self) -> Ordering:
        """Who joined last stands first."""
        return Ordering("joined_at")

    @extend_schema(parameters=[PeopleQuerySerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """People by stack, region, preferred time and what they say of themselves."""
        return depends_on_viewer(request, self.list(request, *args, **kwargs))

    def get_queryset(self) -> QuerySet[User]:
        """The people that the query asks for and this caller may find."""
        return found_people(self.request.user, validated(PeopleQuerySerializer, self.request))


class BlockListView(generics.ListAPIView[Block]):
    """Whom I have blocked, newest first."""

    queryset = Block.objects.none()
    serializer_class = BlockSerializer
    permission_classes = [IsAuthenticated]
    pagination_class = KeysetPagination

    def get_ordering(self) -> Ordering:
        """Newest first."""
        return Ordering("created_at")

    def get_queryset(self) -> QuerySet[Block]:
        """My own blocks."""
        return Block.objects.for_list(current_user(self.request))


class BlockView(APIView):
    """My block of one person. Other people's are never shown."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=BlockedSerializer)
    def get(self, request: Request, username: str) -> Response:
        """Whether I block this person."""
        mine = Block.objects.filter(blocker=current_user(request))
        return Response({"blocked": mine.filter(blocked=account_named(username)).exists()})

    @extend_schema(request=None, responses=BlockedSerializer)
    def put(self, request: Request, username: str) -> Response:
        """Block this person; again is no error. They are not notified."""
        me = current_user(request)
        person = get_object_or_404(User.objects.public(), pk=account_named(username))
        if person == me:
            raise ValidationError(_("자신을 차단할 수는 없어요."), code="block_self")
        services.block(me, person)
        return Response({"blocked": True})

    @extend_schema(responses={200: BlockedSerializer})
    def delete(self, request: Request, username: str) -> Response:
        """Take my block back, also of a suspended user; again is no error."""
        person = get_object_or_404(User, pk=account_named(username))
        services.unblock(current_user(request), person)
        return Response({"blocked": False})


class ReportView(APIView):
    """Telling the moderators."""

    permission_classes = [IsAuthenticated, EmailConfirmed]
    throttle_classes = [ScopeThrottle, WriteThrottle]
    throttle_scope = "reports"

    @extend_schema(
        request=ReportSerializer,
        responses={
            200: ReportSerializer,
            201: ReportSerializer,
            403: None,
            404: None,
        },
    )
    def post(self, request: Request) -> Response:
        """Report a project, comment, person or message, with what stands there now.

        201 for a new report; 200 with the one that I made before and that still waits for an
        answer. 404 for what I cannot see.
        """
        form: dict[str, Any] = validated(ReportSerializer, request)
        me = current_user(request)
        kind = Kind(form["case"]["kind"])
        target = self.find_target(me, kind, form["id"])
        try:
            report, new = services.report(
                me, kind, target, reason=form["reason"], note=form["note"]
            )
        except services.OwnContentError:
            raise ValidationError(
                {"id": _("자신의 글은 신고할 수 없어요.")}, code="own_content"
            ) from None
        found = status.HTTP_201_CREATED if new else status.HTTP_200_OK
        return Response(ReportSerializer(report).data, status=found)

    def find_target(self, reporter: User, kind: Kind, target_id: str) -> targets.Target:
        """What is reported. Raises Http404 for what this person cannot see."""
        target_kind = targets.registered().get(kind)
        target = target_kind.find(reporter, target_id) if target_kind else None
        if target is None:
            raise Http404
        return target
