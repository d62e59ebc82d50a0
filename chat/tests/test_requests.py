"""Consent: a coffee chat begins as a request, and no one is pulled into one.

The table of design: every state of a pair of people, and what each event makes of it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from chat import services
from chat.constants import COOLDOWN, REQUEST_LIFETIME, REQUESTS_PER_DAY, REQUESTS_WAITING
from chat.models import Message, Refusal, RequestLog, Room
from chat.realtime.store import ReadOnlyError, store
from chat.tests.factories import make_room, new_message
from moderation import services as moderation
from moderation.models import Block
from project.tests.factories import ProjectFactory
from user.constants import ChatPolicy
from user.login.sessions import suspend_users, unsuspend_users
from user.models import User
from user.tests.factories import PASSWORD, UserFactory

ROOMS = "/api/v1/rooms/"
REQUESTS = f"{ROOMS}?box=requests"


class Pair:
    """`asker` and `asked`, and what they and the clock may do."""

    def __init__(self, as_user, asker, asked, move_clock):
        self.sign_in = as_user
        self.people = {"asker": asker, "asked": asked}
        self.clients = {name: as_user(person) for name, person in self.people.items()}
        self.move_clock = move_clock

    def other(self, name):
        return self.people["asked" if name == "asker" else "asker"]

    def room(self):
        return Room.objects.first()

    def do(self, event):
        """What a client is answered, if the event is a request."""
        name, _, what = event.partition(" ")
        if name == "after":
            days, _, hours = what.partition("d")
            self.move_clock(timedelta(days=int(days), hours=int(hours or 0)))
            return None
        if what in {"open", "closed", "request"}:
            profile = self.people[name].profile
            profile.chat_policy = what
            profile.save(update_fields=["chat_policy"])
            return None
        if what in {"blocks", "unblocks"}:
            change = moderation.block if what == "blocks" else moderation.unblock
            change(self.people[name], self.other(name))
            return None
        if what in {"is suspended", "is back"}:
            change = suspend_users if what == "is suspended" else unsuspend_users
            change(User.objects.filter(pk=self.people[name].pk))
            self.clients[name] = self.sign_in(self.people[name])
            return None
        client, room = self.clients[name], self.room()
        room_url = f"{ROOMS}{room.pk if room else Room().pk}/"
        if what == "asks":
            body = {"partner": self.other(name).username, "message": f"{name} 안녕하세요"}
            return client.post(ROOMS, body)
        if what == "accepts":
            return client.post(f"{room_url}accept/")
        if what == "deletes":
            return client.delete(room_url)
        assert what == "account goes", event
        return client.delete("/api/v1/users/me/", {"password": PASSWORD})

    def sees(self, name):
        """Which box a person finds the room in, its status and reason; None without it."""
        for box, url in (("rooms", ROOMS), ("requests", REQUESTS)):
            answer = self.clients[name].get(url)
            if answer.status_code == 401:
                return None
            for room in answer.json()["results"]:
                assert room["writable"] is (room["status"] != "pending")
                return box, room["status"], room["pending_reason"]
        return None


@pytest.fixture
def move_clock(monkeypatch):
    """Let time pass, for all that asks Django for it (tokens of log-ins do not)."""
    passed = timedelta()
    real = timezone.now

    def move(by):
        nonlocal passed
        passed += by

    monkeypatch.setattr(timezone, "now", lambda: real() + passed)
    return move


@pytest.fixture
def pair(as_user, owner, partner, move_clock, settings):
    settings.SIMPLE_JWT = settings.SIMPLE_JWT | {"ACCESS_TOKEN_LIFETIME": timedelta(days=400)}
    return Pair(as_user, owner, partner, move_clock)


WAITING = ("rooms", "pending", "requested_by_me"), ("requests", "pending", "requested_of_me")
OPEN = ("rooms", "stop", None), ("rooms", "stop", None)
LEFT_BY_ASKED = ("rooms", "pending", "left"), None
LEFT_BY_ASKER = None, ("rooms", "pending", "left")
DECLINED = ("rooms", "pending", "requested_by_me"), None
EXPIRED = ("rooms", "pending", "expired"), None
UNAVAILABLE = ("rooms", "pending", "unavailable")
NOTHING = None, None

STATES = {
    "nothing": [],
    "waiting": ["asker asks"],
    "declined": ["asker asks", "asked deletes"],
    "expired": ["asker asks", "after 7d"],
    "declined and expired": ["asker asks", "asked deletes", "after 7d"],
    "open": ["asker asks", "asked accepts"],
    "left by asked": ["asker asks", "asked accepts", "asked deletes"],
    "left by asker": ["asker asks", "asked accepts", "asker deletes"],
    "both left": ["asker asks", "asked accepts", "asked deletes", "asker deletes"],
}

BLOCKED_ONCE = ["asker asks", "asked blocks", "asked unblocks"]

# (state, event) → what the event is answered, and what the two see afterwards
TABLE = [
    ("nothing", "asker asks", 201, WAITING),
    ("nothing", "asked asks", 201, WAITING[::-1]),
    ("nothing", "asker accepts", 404, NOTHING),
    ("nothing", "asker deletes", 404, NOTHING),
    ("waiting", "asker asks", 200, WAITING),
    ("waiting", "asked asks", 200, OPEN),
    ("waiting", "asked accepts", 200, OPEN),
    ("waiting", "asker accepts", 409, WAITING),
    ("waiting", "asked deletes", 204, DECLINED),
    ("waiting", "asker deletes", 204, NOTHING),
    ("waiting", "after 6d23", None, WAITING),
    ("waiting", "after 7d", None, EXPIRED),
    ("waiting", "asked blocks", None, DECLINED),
    ("waiting", "asker blocks", None, NOTHING),
    ("waiting", "asker is suspended", None, NOTHING),
    ("waiting", "asked is suspended", None, DECLINED),
    ("waiting", "asker account goes", 204, NOTHING),
    ("waiting", "asked account goes", 204, LEFT_BY_ASKED),
    ("waiting", "asked closed", None, WAITING),
    ("declined", "asker is suspended", None, NOTHING),
    ("declined", "asker account goes", 204, NOTHING),
    ("declined", "asked account goes", 204, LEFT_BY_ASKED),
    ("expired", "asker is suspended", None, NOTHING),
    ("expired", "asker account goes", 204, NOTHING),
    ("expired", "asked account goes", 204, LEFT_BY_ASKED),
    ("open", "asker is suspended", None, (None, UNAVAILABLE)),
    ("open", "asker account goes", 204, LEFT_BY_ASKER),
    ("left by asked", "asker account goes", 204, NOTHING),
    ("left by asked", "asked account goes", 204, LEFT_BY_ASKED),
    ("left by asker", "asked account goes", 204, NOTHING),
    ("left by asker", "asker is suspended", None, LEFT_BY_ASKER),
    ("declined", "asker asks", 200, DECLINED),
    ("declined", "asked asks", 200, OPEN),
    ("declined", "asked accepts", 404, DECLINED),
    ("declined", "asker accepts", 409, DECLINED),
    ("declined", "asked deletes", 404, DECLINED),
    ("declined", "asker deletes", 204, NOTHING),
    ("declined", "after 7d", None, EXPIRED),
    ("expired", "asker asks", 429, EXPIRED),
    ("expired", "asked asks", 201, WAITING[::-1]),
    ("expired", "asked accepts", 409, EXPIRED),
    ("expired", "asker accepts", 409, EXPIRED),
    ("expired", "asker deletes", 204, NOTHING),
    ("declined and expired", "asker asks", 429, EXPIRED),
    ("declined and expired", "asked asks", 201, WAITING[::-1]),
    ("declined and expired", "asked accepts", 404, EXPIRED),
    ("open", "asker asks", 200, OPEN),
    ("open", "asked asks", 200, OPEN),
    ("open", "asked accepts", 200, OPEN),
    ("open", "asker accepts", 409, OPEN),
    ("open", "asked deletes", 204, LEFT_BY_ASKED),
    ("open", "asker deletes", 204, LEFT_BY_ASKER),
    ("open", "asked closed", None, OPEN),
    ("open", "after 8d", None, OPEN),
    ("open", "asked blocks", None, (UNAVAILABLE, None)),
    ("open", "asker blocks", None, (None, UNAVAILABLE)),
    ("open", "asked is suspended", None, (UNAVAILABLE, None)),
    ("open", "asked account goes", 204, LEFT_BY_ASKED),
    ("left by asked", "asked asks", 200, OPEN),
    ("left by asked", "asker asks", 200, LEFT_BY_ASKED),
    ("left by asked", "asker deletes", 204, NOTHING),
    ("left by asked", "asked accepts", 404, LEFT_BY_ASKED),
    ("left by asker", "asker asks", 200, OPEN),
    ("left by asker", "asked asks", 200, LEFT_BY_ASKER),
    ("left by asker", "asked deletes", 204, NOTHING),
    ("both left", "asker asks", 429, NOTHING),
    ("both left", "asked asks", 429, NOTHING),
]


@pytest.mark.parametrize(
    ("state", "event", "status", "seen"), TABLE, ids=[f"{row[0]}: {row[1]}" for row in TABLE]
)
def test_what_an_event_makes_of_a_state(pair, state, event, status, seen):
    for earlier in STATES[state]:
        pair.do(earlier)
    answer = pair.do(event)
    assert (answer and answer.status_code) == status, answer and answer.content
    assert (pair.sees("asker"), pair.sees("asked")) == seen
    room = pair.room()
    if room:
        people = User.objects.filter(pk__in=[person.pk for person in pair.people.values()])
        answers = store([new_message(room, person) for person in people])
        assert {isinstance(answer, ReadOnlyError) for answer in answers} == {seen != OPEN}
    else:
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("events", "status", "seen"),
    [
        (["asked closed", "asker asks"], 409, NOTHING),
        (["asked blocks", "asker asks"], 409, NOTHING),
        (["asker blocks", "asker asks"], 409, NOTHING),
        (["asked is suspended", "asker asks"], 409, NOTHING),
        (["asked open", "asker asks"], 201, OPEN),
        ([*STATES["open"], "asked blocks", "asked unblocks"], None, OPEN),
        ([*STATES["open"], "asker is suspended", "asker is back"], None, OPEN),
        # who said no may ask at any time
        ([*STATES["declined"], "asker deletes", "asked asks"], 201, WAITING[::-1]),
        ([*STATES["expired"], "asker deletes", "asked asks"], 201, WAITING[::-1]),
        ([*STATES["declined"], "asker deletes", "asked asks", "asker accepts"], 200, OPEN),
        # the cooldown outlives the room, also when the request ran out
        ([*STATES["declined"], "asker deletes", "asker asks"], 429, NOTHING),
        ([*STATES["declined"], "asker deletes", "after 29d23", "asker asks"], 429, NOTHING),
        ([*STATES["declined"], "asker deletes", "after 30d", "asker asks"], 201, WAITING),
        ([*STATES["declined"], "after 30d", "asker asks"], 201, WAITING),
        ([*STATES["expired"], "asker deletes", "asker asks"], 429, NOTHING),
        ([*STATES["expired"], "asker deletes", "after 29d23", "asker asks"], 429, NOTHING),
        ([*STATES["expired"], "after 30d", "asker asks"], 201, WAITING),
        ([*STATES["both left"], "after 30d", "asker asks"], 201, WAITING),
        # a policy opened in the meantime lets no one in who was refused
        ([*STATES["both left"], "asked open", "asker asks"], 429, NOTHING),
        ([*STATES["both left"], "asked open", "after 30d", "asker asks"], 201, WAITING),
        # a withdrawn request was not refused
        ([*STATES["waiting"], "asker deletes", "asker asks"], 201, WAITING),
        # accepting forgets what was refused before
        ([*STATES["declined"], "asked asks", "asker deletes", "asker asks"], 200, OPEN),
        ([*BLOCKED_ONCE, "asker deletes", "asker asks"], 429, NOTHING),
    ],
)
def test_what_happened_before_counts(pair, events, status, seen):
    *_, answer = [pair.do(event) for event in events]
    assert (answer and answer.status_code) == status, answer and answer.content
    assert (pair.sees("asker"), pair.sees("asked")) == seen


def test_closed_blocked_and_suspended_are_answered_alike(as_user, owner):
    people = {name: UserFactory(username=name) for name in ("closed", "blocks", "blocked", "gone")}
    people["closed"].profile.chat_policy = ChatPolicy.CLOSED
    people["closed"].profile.save()
    Block.objects.create(blocker=people["blocks"], blocked=owner)
    Block.objects.create(blocker=owner, blocked=people["blocked"])
    suspend_users(User.objects.filter(username="gone"))
    answers = [as_user(owner).post(ROOMS, {"partner": name}) for name in people]
    assert {answer.status_code for answer in answers} == {409}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["errors"][0]["code"] == "not_accepting"


def test_a_request_shows_its_words_and_its_project_to_both(as_user, owner, partner):
    project = ProjectFactory(author=partner, title="올빼미")
    body = {"partner": "partner", "message": "  커피 한 잔 해요\n", "project": project.pk}
    room = as_user(owner).post(ROOMS, body).json()
    assert (room["project"], room["unread_count"]) == ({"id": project.pk, "title": "올빼미"}, 0)
    request = as_user(partner).get(REQUESTS).json()["results"][0]
    assert request["project"] == room["project"]
    assert (request["partner"]["username"], request["unread_count"]) == ("owner", 1)
    message = request["last_message"]
    assert (message["seq"], message["sender_id"]) == (1, owner.pk)
    assert message["body"] == "  커피 한 잔 해요"
    assert as_user(partner).get(f"{ROOMS}{room['id']}/messages/").json()["results"] == [message]
    project.is_hidden = True
    project.save()
    assert as_user(owner).get(f"{ROOMS}{room['id']}/").json()["project"] is None


def test_the_words_of_a_request_that_is_there_already_are_not_written_again(pair):
    pair.do("asker asks")
    pair.do("asker asks")
    assert Message.objects.count() == 1
    pair.do("asked asks")
    asker, asked = pair.people["asker"], pair.people["asked"]
    assert list(Message.objects.order_by("seq").values_list("sender", "body")) == [
        (asker.pk, "asker 안녕하세요"),
        (asked.pk, "asked 안녕하세요"),
    ]


def test_who_left_and_asks_again_says_it_in_the_old_room(pair):
    for event in ("asker asks", "asked accepts", "asked deletes", "asked asks"):
        pair.do(event)
    said = Message.objects.get(seq=2)
    assert (said.sender, said.body) == (pair.people["asked"], "asked 안녕하세요")


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"message": "가" * 501}, "message", "max_length"),
        ({"message": "a\x00b"}, "message", "unstorable"),
        ({"message": ["x"]}, "message", "invalid"),
        ({"project": "x"}, "project", "incorrect_type"),
        ({"project": 2**70}, "project", "does_not_exist"),
        ({"project": 0}, "project", "does_not_exist"),
    ],
)
def test_bad_words_and_projects_are_400(as_user, owner, partner, body, field, code):
    answer = as_user(owner).post(ROOMS, {"partner": "partner"} | body, format="json")
    assert answer.status_code == 400
    assert (answer.json()["errors"][0]["attr"], answer.json()["errors"][0]["code"]) == (field, code)
    assert not Room.objects.exists()


def test_hidden_projects_and_those_of_others_are_400(as_user, owner, partner, stranger):
    hidden = ProjectFactory(author=partner, is_hidden=True)
    for project in (hidden, ProjectFactory(author=stranger)):
        answer = as_user(owner).post(ROOMS, {"partner": "partner", "project": project.pk})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "project"
    assert (
        as_user(owner)
        .post(ROOMS, {"partner": "partner", "project": ProjectFactory(author=owner).pk})
        .status_code
        == 201
    )


def test_projects_and_people_who_were_deleted_are_400(as_user, owner, partner):
    project = ProjectFactory(author=partner)
    body = {"partner": "partner", "project": project.pk}
    project.delete()
    answer = as_user(owner).post(ROOMS, body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "project"
    partner.delete()
    answer = as_user(owner).post(ROOMS, {"partner": "partner"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "partner_unknown"


def test_a_thousand_requests_in_an_hour_reach_five_people(as_user, owner):
    client, people = as_user(owner), UserFactory.create_batch(20)
    bodies = [{"partner": person.username, "message": "안녕하세요"} for person in people]
    answers = [client.post(ROOMS, body).status_code for body in bodies * 50]
    assert set(answers) == {201, 200, 429}, "those who were asked already keep the one request"
    assert answers.count(201) == REQUESTS_WAITING
    assert Message.objects.count() == REQUESTS_WAITING


def test_no_more_than_five_wait_at_once(as_user, owner, move_clock):
    client, people = as_user(owner), UserFactory.create_batch(REQUESTS_WAITING + 1)
    for person in people[:-1]:
        assert client.post(ROOMS, {"partner": person.username}).status_code == 201
    services.leave(Room.objects.between(owner, people[0]).get().pk, people[0].pk)
    answer = client.post(ROOMS, {"partner": people[-1].username})
    assert answer.status_code == 429, "a declined one counts: else its asker could tell"
    first = Room.objects.between(owner, people[0]).get()
    assert parse_datetime(answer.json()["retry_at"]) == first.created_at + REQUEST_LIFETIME
    assert int(answer["Retry-After"]) > 6 * 24 * 3600
    people[-1].profile.chat_policy = ChatPolicy.OPEN
    people[-1].profile.save()
    assert client.post(ROOMS, {"partner": people[-1].username}).status_code == 201


def test_no_more_than_ten_begin_in_a_day_also_when_they_are_withdrawn(as_user, owner, move_clock):
    client = as_user(owner)
    people = UserFactory.create_batch(REQUESTS_PER_DAY + 1)
    for person in people[:-1]:
        room = client.post(ROOMS, {"partner": person.username})
        assert room.status_code == 201
        assert client.delete(f"{ROOMS}{room.json()['id']}/").status_code == 204
    last = {"partner": people[-1].username}
    answer = client.post(ROOMS, last)
    assert answer.status_code == 429
    oldest = RequestLog.objects.earliest("asked_at").asked_at
    assert parse_datetime(answer.json()["retry_at"]) == oldest + timedelta(days=1)
    assert not Room.objects.exists()
    move_clock(timedelta(days=1))
    assert services.ask(owner, people[-1])[1]
    assert RequestLog.objects.count() == 1, "the log keeps a day"


def test_the_end_of_a_cooldown_is_told(pair):
    for event in (*STATES["declined"], "asker deletes"):
        pair.do(event)
    refused_at = Refusal.objects.get().refused_at
    answer = pair.do("asker asks")
    assert parse_datetime(answer.json()["retry_at"]) == refused_at + COOLDOWN
    assert answer.json()["errors"][0]["code"] == "throttled"


def test_a_decline_changes_nothing_that_the_asker_can_read(pair):
    pair.do("asker asks")
    client, url = pair.clients["asker"], f"{ROOMS}{pair.room().pk}/"
    before = [client.get(ROOMS).content, client.get(url).content]
    pair.do("asked deletes")
    assert [client.get(ROOMS).content, client.get(url).content] == before


def test_a_request_shows_the_asker_nothing_of_reading(pair):
    pair.do("asker asks")
    room = pair.room()
    services.mark_read(room.pk, pair.people["asked"].pk, 1)
    assert pair.clients["asker"].get(ROOMS).json()["results"][0]["partner_read_seq"] == 0
    assert pair.clients["asked"].get(REQUESTS).json()["results"][0]["unread_count"] == 0
    pair.do("asked accepts")
    assert pair.clients["asker"].get(ROOMS).json()["results"][0]["partner_read_seq"] == 1


def test_rooms_that_existed_count_as_accepted(as_user, owner, partner):
    low, high = sorted((owner.pk, partner.pk))
    Room.objects.create(low_id=low, high_id=high)
    room = as_user(owner).get(ROOMS).json()["results"][0]
    assert (room["status"], room["writable"]) == ("stop", True)


def test_accepting_is_for_members_only(as_user, api, owner, partner, stranger):
    room = services.ask(owner, partner)[0]
    url = f"{ROOMS}{room.pk}/accept/"
    assert (api.post(url).status_code, as_user(stranger).post(url).status_code) == (401, 404)
    room.refresh_from_db()
    assert room.is_request


def test_a_suspended_askers_request_cannot_be_accepted(pair):
    for event in ("asker asks", "asker is suspended"):
        pair.do(event)
    answer = pair.do("asked accepts")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "not_accepting")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["ask", "accept"])
def test_the_answer_is_the_room_as_it_was_made_also_when_it_goes_at_once(
    as_user, owner, partner, monkeypatch, what
):
    client = as_user(owner)
    url = ROOMS if what == "ask" else f"{ROOMS}{services.ask(partner, owner)[0].pk}/accept/"
    write = getattr(services, what)

    @transaction.atomic
    def write_and_let_it_go(*args, **kwargs):
        transaction.on_commit(lambda: Room.objects.all().delete())
        return write(*args, **kwargs)

    monkeypatch.setattr(services, what, write_and_let_it_go)
    answer = client.post(url, {"partner": partner.username} if what == "ask" else None)
    assert answer.json()["partner"]["username"] == partner.username
    assert answer.status_code == (201 if what == "ask" else 200)
    assert not Room.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize("box", [ROOMS, REQUESTS])
def test_both_lists_cost_three_queries(as_user, owner, django_assert_num_queries, number, box):
    for person in UserFactory.create_batch(number):
        if box == ROOMS:
            make_room(owner, person, messages=2)
        else:
            project = ProjectFactory(author=person)
            services.ask(person, owner, message="안녕하세요", project=project)
    client = as_user(owner)
    with django_assert_num_queries(3):  # who asks, the rooms, their newest messages
        assert len(client.get(box).json()["results"]) == number


@pytest.mark.parametrize("box", ["x", "requests,rooms"])
def test_unknown_boxes_are_400(as_user, owner, box):
    answer = as_user(owner).get(f"{ROOMS}?box={box}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "box"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtTheSameInstant:
    def pairs(self):
        return [(UserFactory(), UserFactory()) for _ in range(5)]

    def together(self, *actions):
        """What each raised, or None."""

        def run(action):
            try:
                action()
            except Exception as error:
                return error
            finally:
                connections.close_all()
            return None

        with ThreadPoolExecutor(len(actions)) as threads:
            return list(threads.map(run, actions))

    def test_both_ask_and_both_may_write(self):
        for one, other in self.pairs():
            errors = self.together(
                partial(services.ask, one, other, message="a"),
                partial(services.ask, other, one, message="b"),
            )
            assert errors == [None, None]
            room = Room.objects.between(one, other).get()
            assert (room.is_request, room.last_seq, room.messages.count()) == (False, 2, 2)

    def test_a_block_and_an_accept_leave_nothing_that_may_be_written_in(self, as_user):
        for asker, asked in self.pairs():
            room = services.ask(asker, asked)[0]
            answers = {}

            def call(name, client, method, url, answers=answers):
                answers[name] = getattr(client, method)(url).status_code

            errors = self.together(
                partial(
                    call, "block", as_user(asker), "put", f"/api/v1/users/{asked.username}/block/"
                ),
                partial(call, "accept", as_user(asked), "post", f"{ROOMS}{room.pk}/accept/"),
            )
            assert errors == [None, None]
            assert answers["block"] == 200
            assert answers["accept"] in {200, 404, 409}
            left = Room.objects.with_status().filter(pk=room.pk).first()
            assert left is None or left.read_only
            assert not Room.objects.of(asker.pk).exists()

    def test_a_block_and_a_request_leave_no_request(self):
        for asker, asked in self.pairs():
            self.together(
                partial(services.ask, asker, asked), partial(moderation.block, asked, asker)
            )
            assert not Room.objects.for_requests(asked).exists()

    def test_many_requests_at_once_stay_within_the_limit(self):
        asker = UserFactory()
        people = UserFactory.create_batch(REQUESTS_WAITING + 4)
        self.together(*(partial(services.ask, asker, person) for person in people))
        assert Room.objects.filter(asked_by=asker).count() == REQUESTS_WAITING
