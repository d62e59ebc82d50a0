"""What changes over HTTP is seen at once by an open socket and an open inbox."""

import pytest
from channels.db import database_sync_to_async as db
from django.db import transaction

from chat import services
from chat.constants import REQUEST_LIFETIME
from chat.models import Room
from chat.realtime.heartbeat import heartbeat
from chat.tests.client import Client
from chat.tests.factories import make_room
from moderation.services import block
from user.login.sessions import suspend_users
from user.models import User
from user.tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


@pytest.fixture
async def partners(partner, room, closed_sockets):
    """The partner's socket in the room, and the partner's inbox."""
    socket = await Client.open(partner, room)
    inbox = await Client.open(partner, "inbox", frames=1)
    await inbox.nothing()
    return socket, inbox


def call(client, method, path, body=None):
    """A request as the browser sends it, while the sockets are open."""
    return db(getattr(client, method))(f"/api/v1/{path}", body)


async def test_asking_for_a_new_room_reaches_both_inboxes(as_user, owner, stranger):
    inboxes = [await Client.open(user, "inbox", frames=1) for user in (owner, stranger)]
    answer = await call(await db(as_user)(owner), "post", "rooms/", {"partner": "stranger"})
    assert answer.status_code == 201
    for inbox, other in zip(inboxes, ("stranger", "owner"), strict=True):
        received = (await inbox.next("room"))["room"]
        assert (received["id"], received["partner"]["username"]) == (answer.json()["id"], other)


async def test_leaving_makes_the_partners_room_read_only(as_user, owner, room, partners):
    socket, inbox = partners
    own_socket = await Client.open(owner, room)
    own_inbox = await Client.open(owner, "inbox", frames=1)
    await inbox.nothing()
    assert (await call(await db(as_user)(owner), "delete", f"rooms/{room.pk}/")).status_code == 204
    status = await socket.next("status")
    assert (status["status"], status["writable"]) == ("pending", False)
    assert (await inbox.next("room"))["room"]["status"] == "pending"
    assert await own_socket.close_code() == 4404
    assert (await own_inbox.next("room.removed"))["room_id"] == str(room.pk)


async def test_asking_again_opens_the_partners_room(as_user, owner, partner, room, partners):
    socket, inbox = partners
    await db(services.leave)(room.pk, owner.pk)
    await socket.next("status")
    while (await inbox.next("room"))["room"]["writable"]:
        pass
    assert (
        await call(await db(as_user)(owner), "post", "rooms/", {"partner": "partner"})
    ).status_code == 200
    assert (await socket.next("status"))["writable"] is True
    assert (await inbox.next("room"))["room"]["writable"] is True


async def test_leaving_second_ends_the_room_for_sockets(as_user, owner, partner, room, partners):
    socket, inbox = partners
    await db(services.leave)(room.pk, owner.pk)
    await inbox.nothing()
    assert (
        await call(await db(as_user)(partner), "delete", f"rooms/{room.pk}/")
    ).status_code == 204
    assert await socket.close_code() == 4404
    assert (await inbox.next("room.removed"))["room_id"] == str(room.pk)


async def test_a_deleted_account_makes_the_partners_room_read_only(as_user, owner, partners):
    socket, inbox = partners
    answer = await call(await db(as_user)(owner), "delete", "users/me/", {"password": PASSWORD})
    assert answer.status_code == 204
    assert (await socket.next("status"))["writable"] is False
    received = (await inbox.next("room"))["room"]
    assert (received["status"], received["partner"]) == ("pending", None)


async def test_what_is_rolled_back_notifies_nobody(owner, stranger):
    inbox = await Client.open(stranger, "inbox", frames=1)

    def fail():
        with transaction.atomic():
            services.ask(owner, stranger)
            transaction.set_rollback(True)

    await db(fail)()
    assert await inbox.nothing("room", "room.removed")


class TestRequests:
    async def test_a_request_reaches_the_inbox_and_the_badge(self, as_user, owner, partner):
        inbox = await Client.open(partner, "inbox", frames=1)
        assert inbox.greeting == [{"type": "unread", "total": 0, "requests": 0, "notifications": 0}]
        body = {"partner": "partner", "message": "커피 한 잔 해요"}
        assert (await call(await db(as_user)(owner), "post", "rooms/", body)).status_code == 201
        room = (await inbox.next("room"))["room"]
        assert room["pending_reason"] == "requested_of_me"
        assert room["last_message"]["body"] == "커피 한 잔 해요"
        unread = await inbox.next("unread")
        assert (unread["total"], unread["requests"]) == (1, 1)

    async def test_accepting_opens_the_room_for_both_sockets(self, as_user, owner, partner):
        room, _ = await db(services.ask)(owner, partner, message="안녕하세요")
        sockets = [await Client.open(user, room) for user in (owner, partner)]
        for socket in sockets:
            status, presence = socket.greeting
            assert (status["status"], status["writable"]) == ("pending", False)
            assert presence["online"] is False, "a request shows nobody's presence"
        answer = await call(await db(as_user)(partner), "post", f"rooms/{room.pk}/accept/")
        assert answer.status_code == 200
        assert answer.json()["status"] == "running"
        for socket in sockets:
            assert (await socket.next("status"))["writable"] is True
            assert (await socket.next("presence"))["online"] is True
        await sockets[0].send_message("반가워요")
        assert (await sockets[1].next("message.new"))["seq"] == 2

    async def test_nothing_of_one_side_crosses_a_request(self, owner, partner):
        room, _ = await db(services.ask)(owner, partner, message="안녕하세요")
        inboxes = [await Client.open(user, "inbox", frames=1) for user in (owner, partner)]
        asker, asked = [await Client.open(user, room) for user in (owner, partner)]
        for socket in (asker, asked):
            await socket.send_json_to({"type": "typing"})
            await socket.send_message("x")
            assert (await socket.next("error", "typing", "presence"))["code"] == "read_only"
        await asked.send_json_to({"type": "read", "seq": 1})
        own_read = {"type": "read", "user_id": partner.pk, "username": "partner", "seq": 1}
        assert await asked.next("read") == own_read
        for socket in (asker, asked):
            assert await socket.nothing("typing", "presence", "read", "status")
        await asked.disconnect()
        assert await asker.nothing("typing", "presence", "read", "status")
        assert await inboxes[0].nothing("room")

    async def test_declining_is_told_to_the_one_who_declines_only(self, as_user, owner, partner):
        room, _ = await db(services.ask)(owner, partner, message="안녕하세요")
        asker, asked = [await Client.open(user, room) for user in (owner, partner)]
        inboxes = [await Client.open(user, "inbox", frames=1) for user in (owner, partner)]
        answer = await call(await db(as_user)(partner), "delete", f"rooms/{room.pk}/")
        assert answer.status_code == 204
        assert await asked.close_code() == 4404
        assert (await inboxes[1].next("room.removed"))["room_id"] == str(room.pk)
        await heartbeat().beat()
        assert await inboxes[0].nothing("room", "room.removed", "unread")
        assert await asker.nothing("status", "presence", "read")

    async def test_withdrawing_takes_it_from_the_other_ones_screen(self, as_user, owner, partner):
        room, _ = await db(services.ask)(owner, partner, message="안녕하세요")
        asked = await Client.open(partner, room)
        inbox = await Client.open(partner, "inbox", frames=1)
        answer = await call(await db(as_user)(owner), "delete", f"rooms/{room.pk}/")
        assert answer.status_code == 204
        assert await asked.close_code() == 4404
        assert (await inbox.next("room.removed"))["room_id"] == str(room.pk)
        assert (await inbox.next("unread"))["total"] == 0

    async def test_one_that_ran_out_goes_when_a_new_one_takes_its_place(
        self, as_user, owner, partner
    ):
        old, _ = await db(services.ask)(owner, partner, message="안녕하세요")
        week_ago = old.created_at - REQUEST_LIFETIME
        await Room.objects.filter(pk=old.pk).aupdate(created_at=week_ago)
        inbox = await Client.open(owner, "inbox", frames=1)
        answer = await call(
            await db(as_user)(partner), "post", "rooms/", {"partner": "owner", "message": "저도요"}
        )
        assert answer.status_code == 201
        frames = [await inbox.next("room", "room.removed") for _ in range(2)]  # in either order
        found = {frame["type"]: frame.get("room_id") or frame["room"]["id"] for frame in frames}
        assert found == {"room.removed": str(old.pk), "room": answer.json()["id"]}


@pytest.mark.parametrize("what", ["leaves", "declines", "blocks"])
async def test_a_lost_hint_leaves_nobody_in_a_room_they_are_out_of(
    owner, stranger, what, monkeypatch
):
    make = make_room if what != "declines" else lambda *people: services.ask(*people)[0]
    room = await db(make)(stranger, owner)
    sockets = [await Client.open(user, room) for user in (owner, stranger)]
    monkeypatch.setattr("chat.services.groups.room_changed", lambda *_: None)
    if what == "blocks":
        await db(block)(owner, stranger)
    else:
        await db(services.leave)(room.pk, owner.pk)
    await heartbeat().beat()
    assert await sockets[0].close_code() == 4404
    await sockets[1].send_json_to({"type": "ping"})
    assert (await sockets[1].next("pong"))["type"] == "pong", "the other one keeps it"


class TestBlocks:
    async def test_a_block_closes_the_room_at_once(self, as_user, owner, room, partners):
        socket, inbox = partners
        own_socket = await Client.open(owner, room)
        own_inbox = await Client.open(owner, "inbox", frames=1)
        await inbox.nothing()
        answer = await call(await db(as_user)(owner), "put", "users/partner/block/")
        assert answer.status_code in {200, 204}
        status = await socket.next("status")
        assert (status["status"], status["writable"]) == ("pending", False)
        assert (await inbox.next("room"))["room"]["pending_reason"] == "unavailable"
        assert await own_socket.close_code() == 4404
        assert (await own_inbox.next("room.removed"))["room_id"] == str(room.pk)
        await socket.send_message("x")
        assert (await socket.next("error"))["code"] == "read_only"

    async def test_unblocking_opens_it_again(self, as_user, owner, partner, partners):
        socket, _ = partners
        client = await db(as_user)(owner)
        await call(client, "put", "users/partner/block/")
        await socket.next("status")
        await call(client, "delete", "users/partner/block/")
        assert (await socket.next("status"))["writable"] is True

    async def test_a_suspension_reaches_the_partner_with_the_heartbeat(self, owner, room, partners):
        socket, _ = partners
        await db(lambda: suspend_users(User.objects.filter(pk=owner.pk)))()
        await heartbeat().beat()
        assert (await socket.next("status"))["writable"] is False
