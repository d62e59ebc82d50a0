"""The heartbeat goes on, whatever one socket does."""

import asyncio
import time

import pytest
from channels.db import database_sync_to_async as db

from chat import constants
from chat.consumers import ChatConsumer
from chat.realtime.heartbeat import Heartbeat, heartbeat, is_late
from chat.realtime.store import store
from chat.tests.client import Client
from chat.tests.factories import make_room, new_message
from sidepro.daphne import BoundedProtocol
from user.models import Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("closed_sockets")]


class TestHeartbeat:
    async def test_a_socket_that_fails_concerns_that_socket_alone(
        self, room, owner, partner, monkeypatch
    ):
        await Client.open(owner, room)
        other = await Client.open(partner, room)
        await other.send_json_to({"type": "sync", "after": 0})
        await other.next("sync.done")
        on_heartbeat = ChatConsumer.on_heartbeat

        async def fail_for_the_owner(self, state):
            if self.user_id == owner.pk:
                raise RuntimeError
            await on_heartbeat(self, state)

        monkeypatch.setattr(ChatConsumer, "on_heartbeat", fail_for_the_owner)
        await db(make_room)(owner, partner, 1)
        await heartbeat().beat()
        assert (await other.next("message.new"))["seq"] == 1

    async def test_a_socket_that_hangs_is_not_waited_for(self, room, owner, partner, monkeypatch):
        await Client.open(owner, room)
        other = await Client.open(partner, room)
        await other.send_json_to({"type": "sync", "after": 0})
        await other.next("sync.done")
        on_heartbeat, hanging = ChatConsumer.on_heartbeat, asyncio.Event()

        async def hang_for_the_owner(self, state):
            if self.user_id == owner.pk:
                await hanging.wait()
            await on_heartbeat(self, state)

        monkeypatch.setattr(ChatConsumer, "on_heartbeat", hang_for_the_owner)
        monkeypatch.setattr("chat.realtime.heartbeat.REPAIR_WITHIN", 0.05)
        for seq in (1, 2):
            await db(lambda: store([new_message(room, owner)]))()
            await heartbeat().beat()
            assert (await other.next("message.new"))["seq"] == seq
        hanging.set()

    async def test_a_socket_that_hangs_closes_when_its_session_ends(self, room, owner, monkeypatch):
        client = await Client.open(owner, room)
        hanging = asyncio.Event()

        async def hang(self, state):
            await hanging.wait()

        monkeypatch.setattr(ChatConsumer, "show", hang)
        monkeypatch.setattr("chat.realtime.heartbeat.REPAIR_WITHIN", 0.05)
        await heartbeat().beat()
        await db(Session.objects.filter(user=owner).delete)()
        await heartbeat().beat()
        assert await client.close_code() == 4401
        hanging.set()

    async def test_what_a_heartbeat_takes_delays_none(self, room, owner, monkeypatch):
        await Client.open(owner, room)
        began = []
        thrice = asyncio.Event()

        async def slow(self):
            began.append(time.monotonic())
            if len(began) == 3:
                thrice.set()
            await asyncio.sleep(0.3)

        monkeypatch.setattr("chat.realtime.heartbeat.HEARTBEAT", 0.4)
        monkeypatch.setattr(Heartbeat, "beat", slow)
        beating = Heartbeat()
        beating.add(next(iter(heartbeat().members)))
        await asyncio.wait_for(thrice.wait(), 10)
        beating.members.clear()
        assert began[2] - began[0] < 1.2  # 0.8 by the clock, 1.4 if each waited for the one before

    async def test_it_goes_on_whatever_happens_and_says_when_it_is_late(
        self, room, owner, monkeypatch, api
    ):
        await Client.open(owner, room)
        beats = []
        thrice = asyncio.Event()

        async def fail(self):
            beats.append(1)
            if len(beats) == 3:
                thrice.set()
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr("chat.realtime.heartbeat.HEARTBEAT", 0.01)
            patch.setattr("chat.realtime.heartbeat.LATE", 0.0)
            patch.setattr(Heartbeat, "beat", fail)
            beating = Heartbeat()
            beating.add(next(iter(heartbeat().members)))
            await asyncio.wait_for(thrice.wait(), 10)
            beating.members.clear()
            assert is_late()
            answer = await db(api.get)("/readyz")
            assert (answer.status_code, answer.json()["heartbeat"]) == (503, "unavailable")
        assert not is_late()

    async def test_a_consumer_that_is_cancelled_leaves_it(self, room, owner):
        client = await Client.open(owner, room)
        assert heartbeat().members
        client.future.cancel()
        await asyncio.sleep(0.05)
        assert not heartbeat().members


def test_the_constants_keep_the_promise_of_sixty_seconds():
    assert constants.LEASE.total_seconds() + constants.HEARTBEAT <= 60
    assert constants.LEASE.total_seconds() > 2 * constants.HEARTBEAT


def test_the_constants_keep_the_promise_of_fifteen_seconds():
    assert constants.HEARTBEAT + BoundedProtocol.closeHandshakeTimeout <= 15
