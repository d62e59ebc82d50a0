"""Messages: stored once, in one order, and repaired where hints were lost."""

import uuid

import pytest
from channels.db import database_sync_to_async as db
from channels.layers import get_channel_layer
from redis.exceptions import ConnectionError as RedisConnectionError

from chat import constants
from chat.realtime import groups
from chat.realtime.heartbeat import heartbeat
from chat.serializers import message_data
from chat.tests.client import Client
from chat.tests.factories import make_room, new_message
from chat.tests.sockets.shared import messages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


class TestTalking:
    async def test_two_members_talk_in_one_order(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        client_id = await one.send_message(" \n  안녕하세요 ☕️👩‍💻\u200b ")
        ack = await one.next("message.ack")
        assert (ack["client_id"], ack["seq"]) == (client_id, 1)
        await other.send_message("반가워요")
        for client in (one, other):
            first, second = [await client.next("message.new") for _ in range(2)]
            assert (first["seq"], first["sender"], first["client_id"]) == (1, "owner", client_id)
            assert first["body"] == "  안녕하세요 ☕️👩‍💻\u200b".rstrip()
            assert (second["seq"], second["sender"], second["body"]) == (2, "partner", "반가워요")
        assert [seq for seq, _ in await messages(room)] == [1, 2]

    async def test_an_acknowledged_message_is_in_the_database(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_message("x")
        await client.next("message.ack")
        assert await messages(room) == [(1, "x")]

    async def test_the_same_client_id_is_not_a_second_message(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        client_id = await one.send_message("first")
        first = await one.next("message.ack")
        await one.send_message("another body", client_id)
        assert await one.next("message.ack") == first
        assert await messages(room) == [(1, "first")]
        await other.next("message.new")
        assert await other.nothing("message.new")

    async def test_the_same_client_id_of_the_partner_is_another_message(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        client_id = await one.send_message("mine")
        await one.next("message.ack")
        await other.send_message("yours", client_id)
        assert (await other.next("message.ack"))["seq"] == 2

    async def test_a_burst_gets_each_number_once(self, room, owner, partner):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for number in range(20):
            await one.send_message(f"a{number}")
            await other.send_message(f"b{number}")
        for client in (one, other):
            seqs = [(await client.next("message.new"))["seq"] for _ in range(40)]
            assert seqs == list(range(1, 41))

    async def test_a_forged_sender_and_number_are_not_read(self, room, owner, partner):
        client = await Client.open(owner, room)
        frame = {"type": "message.send", "client_id": str(uuid.uuid4()), "body": "x"}
        await client.send_json_to(
            frame | {"sender": "partner", "sender_id": partner.pk, "seq": 99, "room": "other"}
        )
        new = await client.next("message.new")
        assert (new["sender_id"], new["sender"], new["seq"]) == (owner.pk, "owner", 1)


class TestSync:
    async def test_gives_everything_after_in_order_then_live(self, owner, partner):
        room = await db(make_room)(owner, partner, 205)
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 3})
        frames = [await client.frame() for _ in range(203)]
        assert [f["seq"] for f in frames[:-1]] == list(range(4, 206))
        assert frames[-1] == {"type": "sync.done", "last_seq": 205}
        await client.send_message("live")
        assert (await client.next("message.new"))["seq"] == 206

    async def test_what_comes_before_the_sync_comes_once(self, room, owner, partner):
        other = await Client.open(partner, room)
        await other.send_message("before")
        await other.next("message.ack")
        late = await Client.open(owner, room)
        await other.send_message("between")
        await other.next("message.ack")
        await late.send_json_to({"type": "sync", "after": 0})
        assert [(await late.next("message.new"))["seq"] for _ in range(2)] == [1, 2]
        assert (await late.next("sync.done", "message.new"))["type"] == "sync.done"

    async def test_a_client_that_does_not_sync_gets_what_is_new_since_it_connected(
        self, owner, partner
    ):
        room = await db(make_room)(owner, partner, 3)
        silent, other = await Client.open(owner, room), await Client.open(partner, room)
        await other.send_message("new")
        assert (await silent.next("message.new"))["seq"] == 4

    async def test_a_hole_is_filled_from_the_database(self, room, owner, partner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 0})
        await client.next("sync.done")
        await db(make_room)(owner, partner, 3)  # three hints that got lost
        other = await Client.open(partner, room)
        await other.send_message("fourth")
        assert [(await client.next("message.new"))["seq"] for _ in range(4)] == [1, 2, 3, 4]

    async def test_hints_that_overtake_each_other_are_sent_in_order(self, room, owner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 0})
        await client.next("sync.done")
        for seq in (3, 2, 1):  # not in the database: what is sent can only come from the hints
            message = new_message(room, owner)
            message.seq = seq
            await groups.publish(
                groups.room_group(room.pk), "room.messages", messages=[message_data(message)]
            )
        assert [(await client.next("message.new"))["seq"] for _ in range(3)] == [1, 2, 3]

    async def test_a_lost_last_hint_heals_with_the_heartbeat(self, room, owner, partner):
        client = await Client.open(owner, room)
        await client.send_json_to({"type": "sync", "after": 0})
        await client.next("sync.done")
        await db(make_room)(owner, partner, 2)
        await heartbeat().beat()
        assert [(await client.next("message.new"))["seq"] for _ in range(2)] == [1, 2]

    async def test_repeated_and_old_hints_are_dropped(self, room, owner, partner):
        client = await Client.open(owner, room)
        await client.send_message("x")
        received = await client.next("message.new")
        del received["type"]
        await groups.publish(groups.room_group(room.pk), "room.messages", messages=[received])
        assert await client.nothing("message.new")

    async def test_after_silence_the_head_is_told(self, room, owner, monkeypatch):
        client = await Client.open(owner, room)
        monkeypatch.setattr(constants, "HEAD_EVERY", 0)
        await heartbeat().beat()
        assert (await client.next("head"))["last_seq"] == 0


class TestWithoutTheLayer:
    async def test_messages_are_stored_and_acknowledged_and_arrive_later(
        self, room, owner, partner, monkeypatch
    ):
        one, other = await Client.open(owner, room), await Client.open(partner, room)
        for client in (one, other):
            await client.send_json_to({"type": "sync", "after": 0})
            await client.next("sync.done")
        layer = get_channel_layer()

        async def away(*args):
            raise RedisConnectionError("away")

        with monkeypatch.context() as patch:
            patch.setattr(layer, "group_send", away)
            await one.send_message("into the dark")
            assert (await one.next("message.ack"))["seq"] == 1
        await heartbeat().beat()
        assert (await other.next("message.new"))["body"] == "into the dark"
