"""Read marks, typing and presence, and how leaving is seen."""

from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as db
from django.utils import timezone

from chat import constants, services
from chat.models import Lease, Room
from chat.realtime.heartbeat import heartbeat
from chat.tests.client import Client
from chat.tests.factories import make_room
from chat.tests.sockets.shared import messages, person, suspend
from user.login.sessions import end_all_sessions, end_session, start_session
from user.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


class TestReadTypingPresence:
    async def test_read_marks_move_forward_only_and_not_beyond_the_end(self, owner, partner):
        room = await db(make_room)(owner, partner, 4)
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for seq, received in ((2, 2), (1, None), (99, 4), (2**31 - 1, None)):
            await one.send_json_to({"type": "read", "seq": seq})
            if received:
                assert await other.next("read") == {
                    "type": "read",
                    **person(owner),
                    "seq": received,
                }
            else:
                assert await other.nothing("read")
        fresh = await db(Room.objects.get)(pk=room.pk)
        assert max(fresh.low_read_seq, fresh.high_read_seq) == 4

    async def test_typing_reaches_the_partner_at_most_every_two_seconds(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for _ in range(3):
            await one.send_json_to({"type": "typing"})
        assert await other.next("typing") == {"type": "typing", **person(owner)}
        assert await other.nothing("typing")
        assert await one.nothing("typing")

    async def test_presence_counts_tabs(self, room, owner, partner):
        one = await Client.open(owner, room)
        tabs = [await Client.open(partner, room) for _ in range(2)]
        assert await one.next("presence") == {
            "type": "presence",
            **person(partner),
            "online": True,
        }
        await tabs[0].disconnect()
        assert await one.nothing("presence")
        await tabs[1].disconnect()
        assert (await one.next("presence"))["online"] is False
        assert await db(Lease.objects.count)() == 1

    async def test_the_presence_of_a_process_that_died_ends(self, room, owner, partner):
        await db(Lease.objects.create)(
            room=room, user=partner, expires_at=timezone.now() + timedelta(seconds=45)
        )
        one = await Client.open(owner, room)
        assert one.greeting[1]["online"] is True
        await db(Lease.objects.filter(user=partner).update)(expires_at=timezone.now())
        await heartbeat().beat()
        assert (await one.next("presence"))["online"] is False

    async def test_the_heartbeat_renews_the_lease_also_after_it_was_lost(self, room, owner):
        await Client.open(owner, room)
        await db(Lease.objects.all().delete)()
        await heartbeat().beat()
        lease = await db(Lease.objects.get)()
        assert lease.expires_at > timezone.now() + timedelta(seconds=30)

    async def test_the_heartbeat_renews_no_lease_of_suspended_people_and_of_rooms_that_are_gone(
        self, room, owner, partner, stranger
    ):
        kept = await db(make_room)(owner, stranger)
        await Client.open(owner, room)
        await Client.open(owner, kept)
        await Client.open(stranger, kept)
        await db(room.delete)()
        await db(suspend)(stranger)
        await db(Lease.objects.all().delete)()
        await heartbeat().beat()
        assert await db(lambda: list(Lease.objects.values_list("user", "room")))() == [
            (owner.pk, kept.pk)
        ]

    async def test_leases_of_processes_that_died_are_removed(self, room, owner, partner):
        dead = timezone.now() - constants.LEASE - timedelta(seconds=1)
        await db(Lease.objects.create)(room=room, user=partner, expires_at=dead)
        client = await Client.open(owner, room)
        await client.disconnect()
        assert await db(Lease.objects.count)() == 0

    async def test_ping_is_answered(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "ping"})
        assert await client.next("pong") == {"type": "pong"}


class TestLeaving:
    async def test_open_sockets_become_read_only_at_once_and_back(self, room, owner, partner):
        one = await Client.open(owner, room)
        await db(services.leave)(room.pk, partner.pk)
        received = await one.next("status")
        assert (received["status"], received["writable"]) == ("pending", False)
        client_id = await one.send_message("x")
        error = await one.next("error")
        assert (error["code"], error["client_id"]) == ("read_only", client_id)
        assert await messages(room) == []
        await db(services.ask)(partner, owner)
        received = await one.next("status")
        assert (received["status"], received["writable"]) == ("running", True)

    async def test_the_one_who_left_is_put_out(self, room, owner):
        client = await Client.open(owner, room)
        await db(services.leave)(room.pk, owner.pk)
        assert await client.close_code() == 4404

    @pytest.mark.parametrize("room_or_inbox", ["room", "inbox"])
    @pytest.mark.parametrize("event", ["log-out", "new password", "revoked session", "suspension"])
    async def test_the_end_of_a_log_in_closes_its_sockets_with_the_heartbeat(
        self, room, owner, partner, event, room_or_inbox
    ):
        pair = await db(start_session)(owner)
        path = f"/ws/chat/{room.pk}/" if room_or_inbox == "room" else "/ws/inbox/"
        client, other = Client(path, pair.access), await Client.open(partner, room)
        await client.connect()
        await client.frame()
        end = {
            "log-out": lambda: end_session(pair.refresh),
            "new password": lambda: end_all_sessions(owner),
            "revoked session": lambda: owner.sessions.all().delete(),
            "suspension": lambda: suspend(owner),
        }[event]
        await db(end)()
        await heartbeat().beat()
        assert await client.close_code() == 4401
        await other.send_json_to({"type": "ping"})
        assert await other.next("pong"), "other people's sockets go on"

    async def test_a_person_who_is_no_longer_active_is_put_out_whatever_sessions_say(
        self, room, owner
    ):
        client = await Client.open(owner, room)
        await db(User.objects.filter(pk=owner.pk).update)(is_active=False)
        await heartbeat().beat()
        assert await client.close_code() == 4401

    async def test_another_log_in_of_the_same_person_goes_on(self, room, owner):
        first, second = await Client.open(owner, room), await db(start_session)(owner)
        client = Client(f"/ws/chat/{room.pk}/", second.access)
        await client.connect()
        await client.frame()
        await db(end_session)(second.refresh)
        await heartbeat().beat()
        assert await client.close_code() == 4401
        await first.send_json_to({"type": "ping"})
        assert await first.next("pong")
