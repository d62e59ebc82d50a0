"""Two server processes and the example client, over real PostgreSQL and Redis."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connections

from chat.example_client import ChatClient
from chat.models import Message
from chat.tests.cluster import ROOT, Daphne, Redis, eventually
from chat.tests.factories import make_room
from user.tests.factories import access_token_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def servers() -> Iterator[list[Daphne]]:
    redis = Redis()
    redis.start()
    pair = [Daphne(redis.url), Daphne(redis.url)]
    for server in pair:
        server.start()
    yield pair
    for process in (*pair, redis):
        process.kill()


@pytest.fixture(autouse=True)
async def closed_connections() -> AsyncIterator[None]:
    """Those of the thread that asks the database for this test."""
    yield
    await sync_to_async(connections.close_all)()


async def until_messages(client: ChatClient, number: int) -> list[str]:
    """What was said, once so many messages have come."""
    async with asyncio.timeout(10):
        while len(client.messages) < number:  # noqa: ASYNC110 - the client is an example, kept short
            await asyncio.sleep(0.02)
    return [message["body"] for message in client.messages]


async def test_two_people_talk_through_two_processes(servers, owner, partner):
    room = await sync_to_async(make_room)(owner, partner, messages=2)
    clients = [
        ChatClient(server.address, str(room.pk), await sync_to_async(access_token_for)(user))
        for server, user in zip(servers, (owner, partner), strict=True)
    ]
    running = [asyncio.create_task(client.run()) for client in clients]
    for client in clients:
        await until_messages(client, 2)
    await clients[0].send("안녕하세요")
    assert (await until_messages(clients[1], 3))[-1] == "안녕하세요"
    await clients[1].send("반갑습니다")
    assert (await until_messages(clients[0], 4))[-1] == "반갑습니다"
    for task in running:
        task.cancel()
    assert await Message.objects.filter(room=room).acount() == 4


async def test_the_example_client_stops_at_a_room_that_is_not_its_own(
    servers, owner, partner, stranger
):
    room = await sync_to_async(make_room)(owner, partner)
    client = ChatClient(
        servers[0].address, str(room.pk), await sync_to_async(access_token_for)(stranger)
    )
    async with asyncio.timeout(10):
        await client.run()
    assert client.messages == []


def test_a_server_ends_with_the_process_that_started_it_even_if_that_is_killed():
    code = (
        "from chat.tests.cluster import Redis; server = Redis(); server.start();"
        " print(server.port, flush=True); server.process.wait()"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    server = Redis()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as tests:
        assert tests.stdout
        server.port = int(tests.stdout.readline())
        assert server.is_ready()
        tests.kill()
    async_to_sync(eventually)(lambda: not server.is_ready(), 10, "the server has ended")
