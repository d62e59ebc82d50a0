"""One client must not take the service away: real sockets of a real Daphne, as an attacker's.

The tests share one server, which needs five seconds of a processor to start.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from pytest_django import DjangoDbBlocker
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from chat.constants import CLOSE_TOO_FAST, FRAME_MAX_BYTES
from chat.realtime.store import store
from chat.tests.cluster import Daphne, Redis
from chat.tests.factories import make_room, new_message
from sidepro.daphne import WAITING_FRAMES
from user.tests.factories import access_token_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

CLIENTS = 50
MESSAGES = 120


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Daphne]:
    redis = Redis()
    redis.start()
    daphne = Daphne(redis.url)
    daphne.settings = {"CHAT_SOCKETS_PER_USER": "200"}
    with django_db_blocker.unblock():  # it asks for the database's name only
        daphne.start()
    yield daphne
    for process in (daphne, redis):
        process.kill()


@pytest.fixture(autouse=True)
async def closed_connections() -> AsyncIterator[None]:
    """Those of the thread that asks the database for this test."""
    yield
    await sync_to_async(connections.close_all)()


def resident_mb(server: Daphne) -> float:
    """The memory of the process."""
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def opened(server: Daphne, room, user) -> ClientConnection:
    token = await sync_to_async(access_token_for)(user)
    return await connect(
        f"{server.address}/ws/chat/{room.pk}/",
        subprotocols=[Subprotocol("sidepro.chat.v1"), Subprotocol(f"bearer.{token}")],
        compression=None,
        max_queue=100,
        ping_interval=None,
    )


@sync_to_async
def full_room(owner, partner):
    """A room whose history is more than a socket's buffers hold."""
    room = make_room(owner, partner)
    store([new_message(room, owner, "가" * 4000) for _ in range(MESSAGES)])
    return room


async def test_a_frame_too_long_closes_with_1009(server, owner, partner, capfd):
    room = await sync_to_async(make_room)(owner, partner)
    for frame in ("x" * (FRAME_MAX_BYTES + 1), "x" * 1_000_000, ["x" * 10_000] * 2):
        socket = await opened(server, room, owner)
        await socket.send(frame)
        await asyncio.wait_for(socket.wait_closed(), 5)
        assert socket.close_code == 1009
    assert "Traceback" not in capfd.readouterr().err


async def test_clients_that_do_not_read_cost_little_and_leave_the_others_alone(
    server, owner, partner, stranger
):
    room = await full_room(owner, partner)
    other_room = await sync_to_async(make_room)(owner, stranger)
    before = resident_mb(server)
    readers = []
    for _ in range(CLIENTS):
        socket = await opened(server, room, partner)
        socket.transport.pause_reading()
        readers.append(socket)
    peak = 0.0
    for _ in range(5):
        for socket in readers:
            await socket.send(json.dumps({"type": "sync", "after": 0}))
        await asyncio.sleep(0.3)
        peak = max(peak, resident_mb(server) - before)
    assert peak < 200, f"{CLIENTS} clients that do not read cost {peak:.0f} MB"

    honest = await opened(server, other_room, stranger)
    await honest.send(json.dumps({"type": "ping"}))
    async with asyncio.timeout(30):
        while json.loads(await honest.recv())["type"] != "pong":
            pass
    await honest.close()
    for socket in readers:
        socket.transport.abort()
        await socket.wait_closed()


async def test_a_client_that_goes_on_without_reading_is_closed_with_4429_and_sees_it(
    server, owner, partner
):
    socket = await opened(server, await full_room(owner, partner), partner)
    socket.transport.pause_reading()
    for _ in range(2 * WAITING_FRAMES):
        await socket.send(json.dumps({"type": "sync", "after": 0}))
    await asyncio.sleep(1)
    socket.transport.resume_reading()
    async with asyncio.timeout(30):
        with suppress(ConnectionClosed):
            async for _ in socket:
                pass
    assert socket.close_code == CLOSE_TOO_FAST


async def test_a_client_that_reads_slowly_gets_everything(server, owner, partner):
    socket = await opened(server, await full_room(owner, partner), partner)
    await socket.send(json.dumps({"type": "sync", "after": 0}))
    seqs = []
    async with asyncio.timeout(60):
        while True:
            frame = json.loads(await socket.recv())
            if frame["type"] == "sync.done":
                break
            if frame["type"] == "message.new":
                seqs.append(frame["seq"])
                await asyncio.sleep(0.01)
    assert seqs == list(range(1, MESSAGES + 1))
    await socket.close()
