"""Blocks in coffee chats, by the same table (`block_table`): lists of rooms, frames.

And that a blocked one cannot tell a block from a closed profile, not even by the work it makes.
"""

import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from channels.db import database_sync_to_async as db
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from chat.models import Room
from chat.realtime.protocol import ServerFrameType
from chat.services import ask
from chat.tests.client import Client
from chat.tests.conftest import closed_sockets  # noqa: F401
from chat.tests.factories import make_room
from moderation.services import block
from project.tests.factories import ProjectFactory
from sidepro.tests.blocks.block_table import APART, ENDPOINTS, FRAMES, READ_ONLY
from user.login.sessions import suspend_users
from user.models import User
from user.tests.factories import UserFactory

SignIn = Callable[[User], APIClient]
ROOMS = "/api/v1/rooms/"


@pytest.fixture
def blocker(owner: User) -> User:
    return owner


@pytest.fixture
def blocked(partner: User) -> User:
    return partner


def test_every_frame_says_what_a_block_does_to_it() -> None:
    assert set(FRAMES) == set(get_args(ServerFrameType))


def rooms_of(client: APIClient, room: Room) -> dict[str, Any]:
    """Each endpoint that reads, with its status and body."""
    paths = {
        "get rooms/": ROOMS,
        "get rooms/?box=requests": f"{ROOMS}?box=requests",
        "get rooms/{id}/": f"{ROOMS}{room.pk}/",
        "get rooms/{id}/messages/": f"{ROOMS}{room.pk}/messages/",
    }
    answers = {name: client.get(path) for name, path in paths.items()}
    return {name: (answer.status_code, answer.json()) for name, answer in answers.items()}


@pytest.mark.django_db
class TestRooms:
    @pytest.fixture
    def three(self, blocker: User, blocked: User, stranger: User) -> list[Room]:
        """Each of the three talks to each."""
        pairs = [(blocker, blocked), (blocker, stranger), (blocked, stranger)]
        return [make_room(*pair, messages=3) for pair in pairs]

    def test_a_conversation_leaves_the_blocker_and_is_read_only_for_the_blocked_one(
        self, as_user: SignIn, blocker: User, blocked: User, three: list[Room]
    ) -> None:
        room = three[0]
        before = rooms_of(as_user(blocked), room)
        block(blocker, blocked)
        of_blocker, now = rooms_of(as_user(blocker), room), rooms_of(as_user(blocked), room)
        assert [row["id"] for row in of_blocker["get rooms/"][1]["results"]] == [str(three[1].pk)]
        for name in ("get rooms/{id}/", "get rooms/{id}/messages/"):
            assert of_blocker[name][0] == 404
        assert now["get rooms/{id}/messages/"] == before["get rooms/{id}/messages/"]
        changed = {"status": "pending", "pending_reason": "unavailable", "writable": False}
        assert now["get rooms/{id}/"][1] == before["get rooms/{id}/"][1] | changed
        listed = {row["id"]: row for row in now["get rooms/"][1]["results"]}
        assert listed == {
            row["id"]: row | (changed if row["id"] == str(room.pk) else {})
            for row in before["get rooms/"][1]["results"]
        }

    def test_what_a_stranger_finds_and_does_stays_as_it_was(
        self, as_user: SignIn, blocker: User, blocked: User, stranger: User, three: list[Room]
    ) -> None:
        before = [rooms_of(as_user(stranger), room) for room in three]
        block(blocker, blocked)
        assert [rooms_of(as_user(stranger), room) for room in three] == before
        for other in (blocker, blocked):
            assert as_user(stranger).post(ROOMS, {"partner": other.username}).status_code == 200

    @pytest.mark.parametrize(
        ("who", "statuses"),
        [
            ("blocker", {"post": 409, "accept": 404, "delete": 404}),
            ("blocked", {"post": 409, "accept": 409, "delete": 204}),
        ],
    )
    @pytest.mark.parametrize("state", ["talking", "asked"])
    def test_nobody_asks_or_accepts_across_it(
        self,
        as_user: SignIn,
        blocker: User,
        blocked: User,
        who: str,
        statuses: dict[str, int],
        state: str,
    ) -> None:
        """The blocked one may clear the room away."""
        make = make_room if state == "talking" else lambda *pair: ask(*pair)[0]
        room = make(blocked, blocker)
        block(blocker, blocked)
        me, other = (blocker, blocked) if who == "blocker" else (blocked, blocker)
        client = as_user(me)
        found = {
            "post": client.post(ROOMS, {"partner": other.username}).status_code,
            "accept": client.post(f"{ROOMS}{room.pk}/accept/").status_code,
            "delete": client.delete(f"{ROOMS}{room.pk}/").status_code,
        }
        assert found == statuses

    def test_the_table_has_no_other_row_for_rooms(self) -> None:
        rows = {name for name, effect in ENDPOINTS.items() if effect == READ_ONLY}
        read = {"get rooms/", "get rooms/{id}/", "get rooms/{id}/messages/"}
        assert rows == read | {"post rooms/{id}/accept/", "delete rooms/{id}/"}


@pytest.mark.django_db
class TestLikeAClosedProfile:
    """Two people, one closed and one who blocks me: whatever I ask of them looks the same."""

    @pytest.fixture(params=["nothing", "asked", "declined", "ran out"])
    def two(self, request: Any, blocked: User) -> list[User]:
        """The closed one first, each with what there was before with the blocked one."""
        both = [UserFactory.create(username=name, skills=["Go"]) for name in ("closed", "blocks")]
        for person in both:
            ProjectFactory.create(author=person, skills=["Go"])
            if request.param == "nothing":
                continue
            room, _ = ask(blocked, person, message="안녕하세요")
            if request.param == "ran out":
                Room.objects.filter(pk=room.pk).update(created_at="2020-01-01T00:00:00Z")
            elif request.param == "declined":
                Room.objects.between(blocked, person).update(
                    **{f"{room.seat_of(person.pk)}_left": True}
                )
        both[0].profile.chat_policy = "closed"
        both[0].profile.save()
        block(both[1], blocked)
        return both

    def look(self, client: APIClient, me: User, other: User) -> list[tuple[int, str, list[str]]]:
        """Status, body and statements of all that can be asked, without what differs by itself."""
        room = Room.objects.between(me, other).first()
        project = other.projects.get().pk  # of the app above
        asked: list[tuple[str, str, Any]] = [
            ("post", "rooms/", {"partner": other.username}),
            ("get", f"users/{other.username}/", None),
            ("get", f"users/{other.username}/follow/", None),
            ("put", f"users/{other.username}/follow/", None),
            ("get", f"projects/?author={other.username}", None),
            ("get", f"projects/{project}/", None),
            ("get", f"projects/{project}/comments/", None),
        ]
        if room:
            asked += [
                ("get", f"rooms/{room.pk}/", None),
                ("get", f"rooms/{room.pk}/messages/", None),
                ("post", f"rooms/{room.pk}/accept/", None),
                ("delete", f"rooms/{room.pk}/", None),
                ("post", "rooms/", {"partner": other.username}),
            ]
        seen = []
        for method, path, body in asked:
            with CaptureQueriesContext(connection) as captured:
                answer = getattr(client, method)(f"/api/v1/{path}", body)
            # what can be done once cannot be measured: withdrawing is less work after a refusal
            statements = [plain(query["sql"]) for query in captured if method != "delete"]
            seen.append((answer.status_code, plain(answer.content.decode()), statements))
        return seen

    def test_by_words_and_by_work(self, as_user: SignIn, two: list[User], blocked: User) -> None:
        closed, blocks = (self.look(as_user(blocked), blocked, person) for person in two)
        assert blocks == closed
        assert closed[0][0] == 409

    def test_a_suspended_one_refuses_with_the_same_work(
        self, as_user: SignIn, blocked: User
    ) -> None:
        looks = []
        for change in ("blocks", "is suspended"):
            other = UserFactory.create()
            if change == "blocks":
                block(other, blocked)
            else:
                suspend_users(User.objects.filter(pk=other.pk))
            with CaptureQueriesContext(connection) as captured:
                answer = as_user(blocked).post(ROOMS, {"partner": other.username})
            looks.append((answer.status_code, answer.content, [plain(q["sql"]) for q in captured]))
        assert looks[0] == looks[1]


def plain(text: str) -> str:
    """A text without names, numbers and times."""
    text = re.sub(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", "U", text)
    text = re.sub(r"closed|blocks|user\d+", "them", text, flags=re.IGNORECASE)
    return re.sub(r"\d+", "N", text)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("closed_sockets")
class TestFrames:
    """Each acts in a room that the other has open, with the inbox of the other open as well."""

    async def watch(self, actor: User, watcher: User, *, parted: User | None) -> set[str]:
        """Which frames the watcher gets of what the actor does, after a block of the actor's."""
        room = await db(make_room)(actor, watcher, messages=1)
        mine = await Client.open(actor, room)
        sockets = [await Client.open(watcher, room), await Client.open(watcher, "inbox", frames=1)]
        if parted:
            await db(block)(parted, watcher if parted == actor else actor)
        if parted == watcher:
            assert await sockets.pop(0).close_code() == 4404
        for socket in sockets:
            await socket.nothing()
        if not parted:
            await mine.send_json_to({"type": "typing"})
            await mine.send_message("안녕하세요")
            await mine.next("message.ack")
        elif parted == actor:
            assert await mine.close_code() == 4404
        else:
            await mine.send_json_to({"type": "typing"})
            await mine.send_message("안녕하세요")
            assert (await mine.next("error"))["code"] == "read_only"
        if parted != actor:
            await mine.send_json_to({"type": "read", "seq": 1})
            await mine.nothing()
            await mine.disconnect()
        quiet = 0.3 if parted else 1.0  # seconds; what is to come may take a moment
        return {frame["type"] for socket in sockets for frame in await rest(socket, quiet)}

    async def test_without_a_block_all_of_it_crosses(self, blocker: User, stranger: User) -> None:
        seen = await self.watch(blocker, stranger, parted=None)
        crossing = {name for name, effect in FRAMES.items() if effect in {READ_ONLY, APART}}
        own = {"message.ack", "status", "room.removed", "notification"}
        assert seen == crossing - own

    @pytest.mark.parametrize("watcher", ["blocker", "blocked"])
    async def test_across_a_block_nothing_does(
        self, blocker: User, blocked: User, stranger: User, watcher: str
    ) -> None:
        actor, watches = (blocked, blocker) if watcher == "blocker" else (blocker, blocked)
        assert await self.watch(actor, watches, parted=blocker) == set()
        assert await self.watch(stranger, watches, parted=None) >= {"message.new", "presence"}

    async def test_the_block_itself_shows_the_blocked_one_a_room_that_is_read_only(
        self, blocker: User, blocked: User
    ) -> None:
        room = await db(make_room)(blocker, blocked, messages=1)
        socket = await Client.open(blocked, room)
        inbox = await Client.open(blocked, "inbox", frames=1)
        await inbox.nothing()
        await db(block)(blocker, blocked)
        assert [frame["type"] for frame in await rest(socket)] == ["status"]
        seen = await rest(inbox)
        assert [frame["type"] for frame in seen] == ["room", "unread"]
        assert seen[0]["room"]["pending_reason"] == "unavailable"
        assert seen[1]["total"] == 1, "the count is what it was"

    @pytest.mark.parametrize("change", ["closed", "blocks"])
    async def test_a_waiting_request_shows_its_asker_neither(
        self, blocker: User, blocked: User, change: str
    ) -> None:
        room, _ = await db(ask)(blocked, blocker, message="안녕하세요")
        sockets = [await Client.open(blocked, room), await Client.open(blocked, "inbox", frames=1)]
        for socket in sockets:
            await socket.nothing()
        if change == "blocks":
            await db(block)(blocker, blocked)
        else:
            blocker.profile.chat_policy = "closed"
            await db(blocker.profile.save)()
        assert [await rest(socket) for socket in sockets] == [[], []]


async def rest(socket: Client, quiet: float = 0.3) -> list[dict[str, Any]]:
    """All frames until none comes for so many seconds."""
    frames = []
    while not await socket.receive_nothing(quiet):
        frames.append(await socket.frame())
    return frames
