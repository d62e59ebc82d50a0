"""Coffee chats in the admin. They are private: who reads a message there is recorded."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from chat.models import Lease, Message, Refusal, RequestLog, Room
from user.admin.base import ReadOnlyAdmin


@admin.register(Room)
class RoomAdmin(ReadOnlyAdmin):
    """Rooms: who talks to whom, never what."""

    list_display = (
        *("id", "low", "high", "is_request", "asked_by"),
        *("low_left", "high_left", "last_seq", "updated_at"),
    )
    list_select_related = ("low", "high", "asked_by")
    list_filter = ("is_request", "low_left", "high_left", "updated_at")
    search_fields = ("id", "low__username", "high__username", "low__email", "high__email")
    date_hierarchy = "updated_at"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """Messages: found by what they say or who said it; the text shows only on a message's page."""

    list_display = ("room", "seq", "sender", "created_at")
    list_select_related = ("room__low", "room__high", "sender")
    list_filter = ("created_at",)
    search_fields = ("body", "sender__username", "sender__email", "room__id")
    date_hierarchy = "created_at"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search, and record for what: a hit shows what a message says."""
        if search_term:
            _record(request, None, f"메시지 검색: {search_term}")
        return super().get_search_results(request, queryset, search_term)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a message, and record who read it."""
        message = self.get_object(request, object_id)
        if request.method == "GET" and message and self.has_view_permission(request, message):
            _record(request, message, "메시지를 읽음")
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Lease)
class LeaseAdmin(ReadOnlyAdmin):
    """Open sockets."""

    list_display = ("id", "user", "room", "expires_at")
    list_select_related = ("user", "room__low", "room__high")
    search_fields = ("user__username",)


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    """Who said no to whom, and is left alone."""

    list_display = ("refuser", "refused", "refused_at")
    list_select_related = ("refuser", "refused")
    search_fields = ("refuser__username", "refused__username")


@admin.register(RequestLog)
class RequestLogAdmin(ReadOnlyAdmin):
    """When people asked within the last day, on which a limit is counted."""

    list_display = ("asker", "asked_at")
    list_select_related = ("asker",)
    search_fields = ("asker__username",)


def _record(request: HttpRequest, message: Message | None, what: str) -> None:
    assert request.user.pk is not None
    rows = Message.objects.filter(pk=message.pk) if message else None
    if rows is not None:
        LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, what)
        return
    LogEntry.objects.create(
        user_id=request.user.pk, action_flag=CHANGE, object_repr="", change_message=what
    )
