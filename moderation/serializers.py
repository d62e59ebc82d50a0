"""The shapes of blocks and reports."""

from typing import Any

from rest_framework import serializers

from moderation.constants import (
    NOTE_MAX_LENGTH,
    PEOPLE_MAX_SKILLS,
    TARGET_ID_MAX_LENGTH,
    Kind,
    Reason,
)
from moderation.models import Block, Report
from user.api.fields import CommaSeparatedField, TextField
from user.constants import SKILL_NAME_MAX_LENGTH, MeetTime, Region
from user.serializers import PersonSerializer


class BlockSerializer(serializers.ModelSerializer[Block]):
    """A user whom I have blocked."""

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
    note = TextField(max_length=NOTE_MAX_LENGTH, required=False, allow_blank=True, default="")

    class Meta:
        model = Report
        fields = ["kind", "id", "reason", "note", "created_at"]
        read_only_fields = ["created_at"]


class PeopleQuerySerializer(serializers.Serializer[Any]):
    """What the list of people can be filtered by."""

    skills = CommaSeparatedField(
        max_items=PEOPLE_MAX_SKILLS,
        max_item_length=SKILL_NAME_MAX_LENGTH,
        required=False,
        help_text="이름을 쉼표로 이어서, 10개까지: `Python,Django`",
    )
    skills_match = serializers.ChoiceField(choices=["any", "all"], default="any")
    region = serializers.ChoiceField(choices=Region.choices, required=False)
    meet_time = serializers.ChoiceField(choices=MeetTime.choices, required=False)
    open = serializers.BooleanField(required=False, help_text="커피챗을 바로 열 수 있는 사람만")
    search = serializers.CharField(required=False, allow_blank=True, max_length=100)
