"""What people write is kept composed (NFC), so that what looks the same is found and compares."""

import unicodedata
from typing import Any

import pytest

from moderation.serializers import ReportSerializer
from project.serializers import CommentSerializer, ProjectSerializer
from user.serializers import ProfileSerializer
from user.skills.serializers import SkillSuggestionSerializer

PROSE: dict[Any, tuple[str, ...]] = {
    ProjectSerializer: ("title", "summary", "content"),
    CommentSerializer: ("body",),
    ProfileSerializer: ("description",),
    ReportSerializer: ("note",),
    SkillSuggestionSerializer: ("name",),
}
FIELDS = [(kind, name) for kind, names in PROSE.items() for name in names]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_every_field_for_prose_composes_it(kind, name):
    typed = unicodedata.normalize("NFD", "밤부엉이")
    assert kind().fields[name].run_validation(typed) == "밤부엉이"
