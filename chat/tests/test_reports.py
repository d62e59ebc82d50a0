"""Reporting what was said in a coffee chat."""

import pytest

from chat.models import Room
from chat.tests.factories import make_room
from moderation.models import Report
from moderation.services import block

REPORTS = "/api/v1/reports/"


@pytest.fixture
def room(owner, partner):
    """The owner and the partner in turn, twenty messages."""
    return make_room(owner, partner, messages=20)


def report(client, room, seq):
    body = {"kind": "message", "id": f"{room.pk}:{seq}", "reason": "abuse", "note": "무서워요"}
    return client.post(REPORTS, body)


def test_keeps_the_message_with_up_to_ten_around_it(as_user, owner, partner, room):
    assert report(as_user(owner), room, 10).status_code == 201
    kept = Report.objects.get().kept
    assert [line["text"] for line in kept] == [f"메시지 {n}" for n in range(5, 16)]
    assert [line["text"] for line in kept if line["reported"]] == ["메시지 10"]
    assert {line["by"] for line in kept} == {"owner", "partner"}
    assert Report.objects.get().case.accused == partner


@pytest.mark.parametrize(("seq", "number"), [(2, 7), (20, 6)])
def test_at_the_ends_there_is_less_around_it(as_user, owner, room, seq, number):
    assert report(as_user(owner), room, seq).status_code == 201
    assert len(Report.objects.get().kept) == number


def test_what_was_kept_outlives_the_room(as_user, owner, room):
    report(as_user(owner), room, 10)
    Room.objects.all().delete()
    assert len(Report.objects.get().kept) == 11


@pytest.mark.parametrize("seq", ["0", "21", "-1", "x", "1e1", "9" * 12, ""])
def test_there_is_no_such_message(as_user, owner, room, seq):
    assert report(as_user(owner), room, seq).status_code == 404
    assert not Report.objects.exists()


def test_a_stranger_cannot_report_what_they_cannot_read(as_user, stranger, room):
    assert report(as_user(stranger), room, 10).status_code == 404


def test_who_has_left_cannot_report_any_more(as_user, owner, room):
    as_user(owner).delete(f"/api/v1/rooms/{room.pk}/")
    assert report(as_user(owner), room, 10).status_code == 404


def test_the_blocked_one_can_still_report_what_they_read(as_user, owner, partner, room):
    block(owner, partner)
    assert report(as_user(partner), room, 11).status_code == 201


def test_ones_own_message_is_not_reported(as_user, owner, room):
    assert report(as_user(owner), room, 11).json()["errors"][0]["code"] == "own_content"


def test_costs_the_same_at_any_place(as_user, owner, partner, room, django_assert_num_queries):
    client = as_user(owner)
    with django_assert_num_queries(13) as counted:
        report(client, room, 2)
    with django_assert_num_queries(len(counted)):
        report(client, room, 10)


def test_a_message_can_be_reported_after_its_sender_was_blocked(as_user, owner, partner, room):
    block(owner, partner)
    assert as_user(owner).get(f"/api/v1/rooms/{room.pk}/").status_code == 404
    assert report(as_user(owner), room, 10).status_code == 201
