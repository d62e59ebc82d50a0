"""Cursors: read back what they wrote, and refuse everything else."""

import json
import uuid
from base64 import urlsafe_b64encode

import pytest
from rest_framework.exceptions import ValidationError

from chat.models import Room
from project.models import Project
from user.api.pagination import Cursor, Ordering

NOW = "2026-01-02T03:04:05.678901+00:00"
ROOM = str(uuid.uuid4())
LISTS = {
    "times": (Project, Ordering("created_at"), NOW, "1"),
    "numbers": (Project, Ordering("view_count"), "7", "1"),
    "UUIDs": (Room, Ordering("updated_at"), NOW, ROOM),
}


def encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.fixture(params=LISTS)
def list_(request):
    return LISTS[request.param]


def test_a_cursor_says_again_what_it_was_made_of(list_):
    model, ordering, value, pk = list_
    cursor = Cursor.decode(encoded([ordering.field, True, False, value, pk]), ordering, model)
    assert Cursor.decode(cursor.encode(), ordering, model) == cursor


@pytest.mark.parametrize(
    "text", ["x", "!!", "%00", "부엉이", "bnVsbA", "W10", "e30", "=", "cD15ZXN0ZXJkYXk=", "W" * 9]
)
def test_what_is_no_cursor_is_refused(list_, text):
    model, ordering, _, _ = list_
    with pytest.raises(ValidationError):
        Cursor.decode(text, ordering, model)


@pytest.mark.parametrize(
    "bad",
    [
        *(None, True, 1, 1.5, float("inf"), float("nan"), [1], {"a": 1}, ""),
        *("x", "\0", "9" * 30, "9" * 5000, "-1e999", "Infinity", "1.5"),
        *(
            "0001-01-01 00:00:00+14:00",
            "9999-12-31 23:59:59-14:00",
            "2026-01-01",
            "2026-01-01T00:00",
        ),
    ],
)
def test_a_forged_key_is_refused(list_, bad):
    model, ordering, value, pk = list_
    for forged in ([value, bad], [bad, pk]):
        with pytest.raises(ValidationError):
            Cursor.decode(encoded([ordering.field, True, False, *forged]), ordering, model)


@pytest.mark.parametrize("flags", [[1, False], [True, 0], [None, None], ["true", "false"]])
def test_a_forged_direction_is_refused(list_, flags):
    model, ordering, value, pk = list_
    with pytest.raises(ValidationError):
        Cursor.decode(encoded([ordering.field, *flags, value, pk]), ordering, model)
