"""What a person is told who has no room open."""

import pytest
from channels.db import database_sync_to_async as db

from chat.realtime import groups
from chat.tests.client import Client
from chat.tests.factories import make_room
from chat.tests.sockets.shared import refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


class TestInbox:
    async def test_tells_of_new_rooms_messages_and_unread_counts(self, owner, partner, stranger):
        inbox = await Client.open(partner, "inbox", frames=1)
        assert inbox.greeting == [{"type": "unread", "total": 0, "requests": 0, "notifications": 0}]
        room = await db(make_room)(owner, partner)
        await groups.notify_inboxes([(room.pk, partner.pk)])
        received = await inbox.next("room")
        assert received["room"]["partner"]["username"] == "owner"
        one = await Client.open(owner, room)
        await one.send_message("있나요?")
        while True:
            received = await inbox.next("room")
            if received["room"]["unread_count"]:
                break
        assert received["room"]["last_message"]["body"] == "있나요?"
        assert (await inbox.next("unread"))["total"] == 1

    async def test_hears_of_every_room_that_changed_within_a_moment(self, owner, partner, stranger):
        rooms = [await db(make_room)(owner, other) for other in (partner, stranger)]
        inbox = await Client.open(owner, "inbox", frames=1)
        await groups.notify_inboxes((room.pk, owner.pk) for room in rooms)
        received = {(await inbox.next("room"))["room"]["id"] for _ in rooms}
        assert received == {str(room.pk) for room in rooms}

    async def test_needs_a_token_and_takes_only_pings(self, owner):
        assert await refused(Client("/ws/inbox/", None)) == 4401
        inbox = await Client.open(owner, "inbox", frames=1)
        await inbox.send_json_to({"type": "sync", "after": 0})
        assert (await inbox.next("error"))["code"] == "unknown_type"
        await inbox.send_json_to({"type": "ping"})
        assert await inbox.next("pong")
