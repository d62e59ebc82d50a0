"""The shapes of rooms and messages."""

from collections.abc import Sequence
from typing import Any, get_args

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from chat.constants import HISTORY_PAGE, REQUEST_MESSAGE_MAX_LENGTH
from chat.models import Message, PendingReason, Room, Status
from chat.text import MessageBodyField
from project.models import Project
from user.api.fields import TextField
from user.constants import USERNAME_MAX_LENGTH
from user.models import User
from user.serializers import PersonSerializer


def attach_last_messages(rooms: Sequence[Room]) -> None:
    """Give each room its newest message as `last_message`, in one query for all."""
    newest = Message.objects.filter(room__in=rooms, seq=F("room__last_seq"))
    by_room = {message.room_id: message for message in newest.select_related("sender")}
    for room in rooms:
        room.last_message = by_room.get(room.pk)  # type: ignore[attr-defined]


class MessageSerializer(serializers.ModelSerializer[Message]):
    """A message, over HTTP and over sockets; without a sender where the account was deleted."""

    # Stated here because the model field's limits, and so the schema, differ between databases.
    seq = serializers.IntegerField(min_value=1)
    sender_id = serializers.IntegerField(allow_null=True)
    sender = serializers.CharField(source="sender.username", allow_null=True, default=None)

    class Meta:
        model = Message
        fields = ["seq", "sender_id", "sender", "body", "created_at", "client_id"]


_message = MessageSerializer()  # making one takes twelve times as long as using it


def message_data(message: Message) -> dict[str, Any]:
    """A message as JSON shows it, for sockets; its sender has to be loaded."""
    data: dict[str, Any] = _message.to_representation(message)
    return data


class RoomProjectSerializer(serializers.Serializer[Any]):
    """The project that a coffee chat is about."""

    id = serializers.IntegerField()
    title = serializers.CharField()


class RoomSerializer(serializers.ModelSerializer[Room]):
    """A room as the person in the context (`user`) sees it."""

    partner = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=get_args(Status), read_only=True)
    pending_reason = serializers.SerializerMethodField()
    writable = serializers.SerializerMethodField()
    project = serializers.SerializerMethodField()
    unread_count = serializers.IntegerField(read_only=True)
    last_message = MessageSerializer(read_only=True, allow_null=True)
    last_read_seq = serializers.SerializerMethodField()
    partner_read_seq = serializers.SerializerMethodField()

    class Meta:
        model = Room
        fields = [
            "id",
            "partner",
            "status",
            "pending_reason",
            "writable",
            "project",
            "unread_count",
            "last_message",
            "last_read_seq",
            "partner_read_seq",
            "created_at",
            "updated_at",
        ]

    @property
    def viewer(self) -> User:
        """Who is looking."""
        viewer: User = self.context["user"]
        return viewer

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_partner(self, room: Room) -> Any:
        """The other one; null when that account was deleted."""
        partner = room.partner_of(self.viewer.pk)
        return PersonSerializer(partner).data if partner else None

    @extend_schema_field(serializers.ChoiceField(choices=get_args(PendingReason), allow_null=True))
    def get_pending_reason(self, room: Room) -> str | None:
        """Why no one may write; null where both may."""
        return room.pending_reason(self.viewer.pk)

    def get_writable(self, room: Room) -> bool:
        """Whether messages are taken."""
        return not room.read_only

    @extend_schema_field(RoomProjectSerializer(allow_null=True))
    def get_project(self, room: Any) -> dict[str, Any] | None:
        """What the asker wants to talk about; null without one, and when it is not public."""
        if room.project_title is None:
            return None
        return {"id": room.project_id, "title": room.project_title}

    def get_last_read_seq(self, room: Room) -> int:
        """Up to where I have read."""
        return int(getattr(room, f"{room.seat_of(self.viewer.pk)}_read_seq"))

    def get_partner_read_seq(self, room: Room) -> int:
        """Up to where the partner has read; 0 while a request waits, which shows nothing."""
        if room.is_request:
            return 0
        mine = room.seat_of(self.viewer.pk)
        return int(getattr(room, "high_read_seq" if mine == "low" else "low_read_seq"))


class AskSerializer(serializers.Serializer[Any]):
    """Whom to ask for a coffee chat, with what words, and about which project of one of the two."""

    partner = TextField(max_length=USERNAME_MAX_LENGTH)
    message = MessageBodyField(max_length=REQUEST_MESSAGE_MAX_LENGTH, required=False)
    project = serializers.PrimaryKeyRelatedField(
        queryset=Project.objects.visible(), required=False, allow_null=True
    )


class RoomListQuerySerializer(serializers.Serializer[Any]):
    """Which of my rooms."""

    box = serializers.ChoiceField(
        choices=["requests"], required=False, help_text="Those that wait for my answer."
    )


class HistoryQuerySerializer(serializers.Serializer[Any]):
    """Which part of a room's history."""

    before = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    after = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    limit = serializers.IntegerField(default=50, min_value=1, max_value=HISTORY_PAGE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError when both ends are given."""
        if "before" in attrs and "after" in attrs:
            raise serializers.ValidationError(_("before와 after 중 하나만 보내 주세요."))
        return attrs


class HistorySerializer(serializers.Serializer[Any]):
    """Messages in the order of `seq`; `has_more` in the direction that was asked for."""

    results = MessageSerializer(many=True)
    has_more = serializers.BooleanField()


def history(room: Room, query: dict[str, Any]) -> tuple[list[Message], bool]:
    """The part of a room's messages that a checked query asks for, in one database query.

    Without `before` and `after` it is the newest part.
    """
    messages = Message.objects.filter(room=room).select_related("sender")
    limit = query["limit"]
    if "after" in query:
        page = list(messages.filter(seq__gt=query["after"]).order_by("seq")[: limit + 1])
        return page[:limit], len(page) > limit
    if "before" in query:
        messages = messages.filter(seq__lt=query["before"])
    page = list(messages.order_by("-seq")[: limit + 1])
    return page[:limit][::-1], len(page) > limit
