"""Cursors: read back what they wrote, and refuse everything else."""

import json
import uuid
from base64 import urlsafe_b64encode

import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from chat.models import Room
from project.models import Project
from project.tests.factories import ProjectFactory
from user.api.pagination import Cursor, KeysetPagination, Ordering

BOARD = "/api/v1/projects/"

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


@pytest.mark.parametrize("tail", ["", "1", "12"])  # as base64, one of them ends in `=`
def test_a_cursor_needs_no_escapes_in_an_address(list_, tail):
    _, ordering, value, pk = list_
    text = Cursor(ordering, forward=True, value=value + tail, pk=pk).encode()
    assert text.replace("-", "").replace("_", "").isalnum()


def test_a_time_is_read_as_utc():
    text = encoded(["created_at", True, False, "2026-01-02T12:04:05.678901+09:00", "1"])
    assert str(Cursor.decode(text, Ordering("created_at"), Project).value) == NOW.replace("T", " ")


def refused(response):
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    return error["attr"], error["code"], error["detail"]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def numbers(self):
        """Projects 7 (the newest) to 1."""
        for number in range(1, 8):
            ProjectFactory(title=str(number))

    @staticmethod
    def page(api, url):
        """The titles of a page, the next page's address, and the one before."""
        body = api.get(url).json()
        titles = "".join(card["title"] for card in body["results"])
        return titles, body["next"], body["previous"]

    def test_that_is_just_full_is_the_last(self, api, numbers):
        titles, following, before = self.page(api, f"{BOARD}?page_size=7")
        assert (titles, following, before) == ("7654321", None, None)
        assert self.page(api, f"{BOARD}?page_size=6")[1]

    def test_reached_backwards_lead_on_from_their_last_row(self, api, numbers):
        _, second, _ = self.page(api, f"{BOARD}?page_size=3")
        titles, third, first = self.page(api, second)
        assert titles == "432"
        titles, second, before = self.page(api, first)
        assert (titles, before) == ("765", None)
        assert self.page(api, second)[0] == "432"
        titles, following, _ = self.page(api, third)
        assert (titles, following) == ("1", None)

    def test_lead_on_when_everything_before_them_is_gone(self, api, numbers):
        _, second, _ = self.page(api, f"{BOARD}?page_size=3")
        _, _, first = self.page(api, second)
        Project.objects.filter(title__in="765").delete()
        titles, following, before = self.page(api, first)
        assert (titles, before) == ("", None)
        assert self.page(api, following)[0] == "432"

    def test_may_hold_a_single_row(self, api, numbers):
        assert self.page(api, f"{BOARD}?page_size=1")[0] == "7"

    def test_of_a_bad_size_say_which_are_possible(self, api):
        attr, code, _ = refused(api.get(f"{BOARD}?page_size=51"))
        assert (attr, code) == ("page_size", "page_size_invalid")
        detail = refused(api.get(f"{BOARD}?page_size=0", headers={"Accept-Language": "ko"}))[2]
        assert detail == "1부터 50까지의 수를 적어 주세요."

    def test_at_a_forged_cursor_say_so(self, api):
        response = api.get(f"{BOARD}?cursor=x", headers={"Accept-Language": "ko"})
        assert refused(response) == ("cursor", "cursor_invalid", "이 목록의 커서가 아니에요.")


def test_pages_and_their_parameters_are_described_as_they_are():
    link = {"type": "string", "format": "uri", "nullable": True}
    pages = KeysetPagination()
    assert pages.get_paginated_response_schema({"type": "array"}) == {
        "type": "object",
        "required": ["results", "next", "previous"],
        "properties": {"results": {"type": "array"}, "next": link, "previous": link},
    }
    size = {"type": "integer", "minimum": 1, "maximum": 50, "default": 20}
    assert pages.get_schema_operation_parameters(APIView()) == [
        {
            "name": "cursor",
            "in": "query",
            "schema": {"type": "string"},
            "description": "From `next` or `previous`; opaque.",
        },
        {"name": "page_size", "in": "query", "schema": size},
    ]
