"""My drafts over HTTP. No other user's are there."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from project.constants import DRAFT_ORDERING, MAX_DRAFTS
from project.drafts.models import Draft
from project.drafts.serializers import DraftCardSerializer, DraftSerializer
from project.drafts.services import OutdatedDraftError, TooManyDraftsError, save_draft
from project.versions import outdated
from user.api.pagination import KeysetPagination, Ordering
from user.api.throttling import ScopeThrottle
from user.api.validation import validated
from user.login.authentication import current_user


class DraftListView(generics.ListAPIView[Draft]):
    """My drafts, changed last first."""

    queryset = Draft.objects.none()
    serializer_class = DraftCardSerializer
    permission_classes = [IsAuthenticated]
    pagination_class = KeysetPagination

    def get_ordering(self) -> Ordering:
        """The one changed last first."""
        return DRAFT_ORDERING

    def get_queryset(self) -> QuerySet[Draft]:
        """Mine, without their texts."""
        return Draft.objects.filter(owner=current_user(self.request)).for_list()


class DraftView(generics.RetrieveDestroyAPIView[Draft]):
    """One draft of mine. An address that is not confirmed yet is no obstacle."""

    queryset = Draft.objects.none()
    serializer_class = DraftSerializer
    permission_classes = [IsAuthenticated]
    throttle_scope = "drafts"

    def get_throttles(self) -> list[BaseThrottle]:
        """Saving has a limit of its own."""
        own = super().get_throttles()
        return [*own, ScopeThrottle()] if self.request.method == "PUT" else own

    def get_queryset(self) -> QuerySet[Draft]:
        """Mine."""
        return Draft.objects.filter(owner=current_user(self.request))

    @extend_schema(responses={200: DraftSerializer, 201: DraftSerializer, 412: None})
    def put(self, request: Request, pk: UUID) -> Response:
        """Save what the editor holds under a UUID of its choice, as it stands.

        400 `too_many_drafts` for a new one when I have 50; 412 with what is there now when that is
        not what I have `seen`.
        """
        fields = validated(DraftSerializer, request)
        try:
            draft, is_new = save_draft(current_user(request), pk, **fields)
        except TooManyDraftsError:
            detail = _("임시 저장한 글이 {most}개예요. 쓰지 않는 글을 지우면 저장할 수 있어요.")
            raise ValidationError(detail.format(most=MAX_DRAFTS), code="too_many_drafts") from None
        except OutdatedDraftError as error:
            return outdated(self.get_serializer(error.args[0]).data)
        except Draft.DoesNotExist:
            raise Http404 from None
        return Response(self.get_serializer(draft).data, 201 if is_new else 200)
