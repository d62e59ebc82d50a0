"""The shapes of blocks and reports."""

from typing import Any

from rest_framework import serializers

from moderation.constants import NOTE_MAX_LENGTH, TARGET_ID_MAX_LENGTH, Kind, Reason
from moderation.models import Block, Report
from user.serializers import PersonSerializer


class BlockSerializer(serializers.ModelSerializer[Block]):
    """Somebody whom I have blocked."""

    user = PersonSerializer(source="blocked", read_only=True)

    class Meta:
        model = Block
        fields = ["user", "created_at"]


class BlockedSerializer(serializers.Serializer[Any]):
    """Whether I block a person."""

    blocked = serializers.BooleanField()


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A report as its reporter sends it and gets it back."""

    kind = serializers.ChoiceField(choices=Kind.choices, source="case.kind")
    id = serializers.CharField(
        max_length=TARGET_ID_MAX_LENGTH,
        write_only=True,
        help_text="프로젝트와 댓글의 id, 사용자의 닉네임, 메시지의 `{room}:{seq}`",
    )
    reason = serializers.ChoiceField(choices=Reason.choices)
    note = serializers.CharField(
        max_length=NOTE_MAX_LENGTH, required=False, allow_blank=True, default=""
    )

    class Meta:
        model = Report
        fields = ["kind", "id", "reason", "note", "created_at"]
        read_only_fields = ["created_at"]
