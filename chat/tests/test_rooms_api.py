"""Rooms over HTTP: status, leaving and coming back, lists, and reading the history."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from chat.models import Message, Room
from chat.realtime import presence
from chat.realtime.store import store
from chat.tests.factories import make_room, new_message
from user.models import User
from user.tests.factories import PASSWORD, UserFactory

ROOMS = "/api/v1/rooms/"


def ask(client, partner):
    return client.post(ROOMS, {"partner": partner.username})


def url(room, tail=""):
    return f"{ROOMS}{room.pk}/{tail}"


def enter(room, user):
    presence.take(uuid.uuid4(), user.pk, room.pk)


class TestAsking:
    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"partner": "owner"}, "partner_self"),
            ({"partner": "OWNER"}, "partner_self"),
            ({"partner": "nobody"}, "partner_unknown"),
            ({"partner": "a\x00"}, "null_characters_not_allowed"),
            ({"partner": 5.5}, "partner_unknown"),
            ({}, "required"),
        ],
    )
    def test_the_wrong_person_is_400(self, as_user, owner, body, code):
        response = as_user(owner).post(ROOMS, body)
        assert response.status_code == 400
        assert response.json()["errors"][0]["code"] == code
        assert not Room.objects.exists()

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_both_at_the_same_instant_get_one_room(self, as_user):
        for _ in range(5):
            one, other = UserFactory(), UserFactory()

            def both(pair):
                try:
                    return ask(as_user(pair[0]), pair[1]).json()["id"]
                finally:
                    connections.close_all()

            with ThreadPoolExecutor(8) as pool:
                ids = set(pool.map(both, [(one, other), (other, one)] * 4))
            assert len(ids) == 1

    def test_the_database_refuses_a_second_room_and_a_room_of_one(self, owner, partner):
        low, high = sorted((owner.pk, partner.pk))
        make_room(owner, partner)
        for pair in ((low, high), (high, low), (low, low)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Room.objects.create(low_id=pair[0], high_id=pair[1])


class TestStatus:
    """Design section 4: (state, event) → status, who may write, who sees the room."""

    @pytest.mark.parametrize(
        ("events", "status", "writable", "seen_by"),
        [
            ([], "stop", True, {"owner", "partner"}),
            (["owner enters"], "running", True, {"owner", "partner"}),
            (["partner enters"], "running", True, {"owner", "partner"}),
            (["owner enters", "owner exits"], "stop", True, {"owner", "partner"}),
            (["owner enters", "process dies"], "stop", True, {"owner", "partner"}),
            (["owner leaves"], "pending", False, {"partner"}),
            (["partner leaves"], "pending", False, {"owner"}),
            (["partner enters", "owner leaves"], "pending", False, {"partner"}),
            (["owner leaves", "partner asks"], "pending", False, {"partner"}),
            (["owner leaves", "owner asks"], "stop", True, {"owner", "partner"}),
            (
                ["partner enters", "owner leaves", "owner asks"],
                "running",
                True,
                {"owner", "partner"},
            ),
            (["owner leaves", "partner leaves"], None, None, set()),
            (["owner leaves", "owner account goes"], "pending", False, {"partner"}),
            (["owner account goes"], "pending", False, {"partner"}),
            (["owner leaves", "partner account goes"], None, None, set()),
            (["owner account goes", "partner leaves"], None, None, set()),
        ],
    )
    def test_follows_from_sockets_and_leaving(
        self, as_user, owner, partner, events, status, writable, seen_by
    ):
        room = make_room(owner, partner, messages=2)
        people = {"owner": (owner, partner), "partner": (partner, owner)}
        clients = {name: as_user(person) for name, (person, _) in people.items()}
        for event in events:
            if event == "process dies":
                room.leases.update(expires_at=timezone.now())
                continue
            name, what = event.split(" ", 1)
            person, other = people[name]
            if what == "enters":
                enter(room, person)
            elif what == "exits":
                presence.release(room.leases.get(user=person).pk)
            elif what == "leaves":
                assert clients[name].delete(url(room)).status_code == 204
            elif what == "asks":
                assert ask(clients[name], other).status_code == 200
            else:
                body = {"password": PASSWORD}
                assert clients[name].delete("/api/v1/users/me/", body).status_code == 204
        answers = {name: client.get(url(room)) for name, client in clients.items()}
        seen = {name: a.json() for name, a in answers.items() if a.status_code == 200}
        assert set(seen) == seen_by
        for room_seen in seen.values():
            assert (room_seen["status"], room_seen["writable"]) == (status, writable)
            assert room_seen["last_message"]["seq"] == 2, "the history stays"
        if not seen_by:
            assert not Room.objects.exists()
            assert not Message.objects.exists()


class TestPrivacy:
    @pytest.mark.parametrize("tail", ["", "messages/"])
    @pytest.mark.parametrize(("who", "status"), [("anonymous", 401), ("stranger", 404)])
    def test_a_room_is_not_there_for_others(
        self, api, as_user, owner, partner, stranger, tail, who, status
    ):
        room = make_room(owner, partner, messages=3)
        client = as_user(stranger) if who == "stranger" else api
        assert client.get(url(room, tail)).status_code == status
        assert client.delete(url(room)).status_code == status
        assert Room.objects.exists()

    def test_an_admin_has_no_key_to_it(self, as_user, owner, partner, admin):
        room = make_room(owner, partner)
        assert as_user(admin).get(url(room)).status_code == 404
        assert as_user(admin).get(ROOMS).json()["results"] == []

    @pytest.mark.parametrize("key", ["x", "1", "%00", "1c0ffee0-0000-4000-8000-000000000001"])
    def test_unknown_rooms_are_404(self, as_user, owner, key):
        assert as_user(owner).get(f"{ROOMS}{key}/").status_code == 404


class TestList:
    def test_newest_activity_first_with_partner_unread_and_last_message(self, as_user, owner):
        quiet, busy = UserFactory(username="quiet"), UserFactory(username="busy")
        make_room(owner, busy, messages=1)
        make_room(owner, quiet, messages=0)
        make_room(busy, UserFactory(), messages=1)
        room = Room.objects.between(owner, busy).get()
        store([new_message(room, busy, f"{n}") for n in range(3)])
        rooms = as_user(owner).get(ROOMS).json()["results"]
        assert [r["partner"]["username"] for r in rooms] == ["busy", "quiet"]
        assert [r["unread_count"] for r in rooms] == [3, 0]
        assert rooms[0]["last_message"]["body"] == "2"
        assert rooms[0]["last_message"]["sender"] == "busy"
        assert rooms[1]["last_message"] is None

    def test_goes_on_behind_the_cursor(self, as_user, owner):
        for _ in range(3):
            make_room(owner, UserFactory(), messages=1)
        first = as_user(owner).get(f"{ROOMS}?page_size=2").json()
        rest = as_user(owner).get(first["next"]).json()
        assert len({room["id"] for room in first["results"] + rest["results"]}) == 3

    def test_comes_back_to_the_first_page_and_not_before_it(self, as_user, owner):
        for _ in range(3):
            make_room(owner, UserFactory(), messages=1)
        first = as_user(owner).get(f"{ROOMS}?page_size=2").json()
        rest = as_user(owner).get(first["next"]).json()
        back = as_user(owner).get(rest["previous"]).json()
        assert back["results"] == first["results"]
        assert (back["next"], back["previous"]) == (first["next"], None)

    @pytest.mark.parametrize("number", [1, 20])
    def test_costs_three_queries_for_one_and_for_twenty(
        self, as_user, owner, django_assert_num_queries, number
    ):
        for _ in range(number):
            make_room(owner, UserFactory(), messages=3)
        client = as_user(owner)
        with django_assert_num_queries(3):  # who asks, the rooms, their newest messages
            assert len(client.get(ROOMS).json()["results"]) == number


class TestHistory:
    def seqs(self, client, room, query=""):
        response = client.get(url(room, f"messages/?{query}"))
        assert response.status_code == 200
        body = response.json()
        return [message["seq"] for message in body["results"]], body["has_more"]

    def test_comes_in_order_from_either_end(self, as_user, owner, partner):
        room, client = make_room(owner, partner, messages=7), as_user(owner)
        assert self.seqs(client, room) == ([1, 2, 3, 4, 5, 6, 7], False)
        assert self.seqs(client, room, "limit=3") == ([5, 6, 7], True)
        assert self.seqs(client, room, "before=5&limit=3") == ([2, 3, 4], True)
        assert self.seqs(client, room, "before=3") == ([1, 2], False)
        assert self.seqs(client, room, "after=5") == ([6, 7], False)
        assert self.seqs(client, room, "after=0&limit=2") == ([1, 2], True)
        assert self.seqs(client, room, "after=7") == ([], False)

    @pytest.mark.parametrize(
        "query",
        [
            "before=0",
            "before=-1",
            "after=-1",
            "before=x",
            "limit=0",
            "limit=101",
            "after=1&before=2",
            "before=99999999999",
            "limit=9999999999999999999999",
        ],
    )
    def test_bad_ends_are_400(self, as_user, owner, partner, query):
        room = make_room(owner, partner)
        assert as_user(owner).get(url(room, f"messages/?{query}")).status_code == 400

    @pytest.mark.parametrize("number", [1, 100])
    def test_costs_three_queries(self, as_user, owner, partner, django_assert_num_queries, number):
        room, client = make_room(owner, partner, messages=number), as_user(owner)
        with django_assert_num_queries(3):  # who asks, the room, the messages
            client.get(url(room, "messages/?limit=100"))

    def test_messages_of_a_deleted_account_stay_without_a_name(self, as_user, owner, partner):
        room, client = make_room(owner, partner, messages=2), as_user(owner)
        partner.delete()
        body = client.get(url(room, "messages/")).json()
        assert [m["sender"] for m in body["results"]] == ["owner", None]
        assert client.get(url(room)).json()["partner"] is None
        assert not User.objects.filter(pk=partner.pk).exists()
