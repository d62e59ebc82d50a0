"""What changes over HTTP is seen at once by an open socket and an open inbox."""

import pytest
from channels.db import database_sync_to_async as db
from django.db import transaction

from chat import services
from chat.tests.client import Client
from chat.tests.factories import make_room
from user.tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


@pytest.fixture
def room(owner, partner):
    return make_room(owner, partner)


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
        told = (await inbox.next("room"))["room"]
        assert (told["id"], told["partner"]["username"]) == (answer.json()["id"], other)


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
    await inbox.nothing()
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
    told = (await inbox.next("room"))["room"]
    assert (told["status"], told["partner"]) == ("pending", None)


async def test_what_is_rolled_back_notifies_nobody(owner, stranger):
    inbox = await Client.open(stranger, "inbox", frames=1)

    def fail():
        with transaction.atomic():
            services.ask(owner, stranger)
            transaction.set_rollback(True)

    await db(fail)()
    assert await inbox.nothing("room", "room.removed")
