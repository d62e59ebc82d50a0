"""What clients are promised, while servers die: nothing lost, nothing twice, one order.

Two Daphne processes, a Redis of their own and PostgreSQL; about two minutes.
"""

import asyncio
import itertools
import time
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from websockets.asyncio.client import ClientConnection

from chat.example_client import ChatClient
from chat.models import Message, Room
from chat.tests.cluster import Daphne, Redis, cut_database_connections, eventually
from chat.tests.factories import make_room
from user.models import User
from user.tests.factories import UserFactory, access_token_for

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

ROOMS = 20
EVERY = 0.25  # seconds between the messages of one person


class Person(ChatClient):
    """A client that goes on at the next server when one fails, and keeps count of everything."""

    def __init__(self, servers: list[Daphne], room: Room, user: User) -> None:
        self.turn = itertools.cycle(servers)
        self.room, self.user = room, user
        super().__init__("", str(room.pk), str(access_token_for(user)))
        self.seqs: list[int] = []
        self.acknowledged: dict[str, int] = {}

    def address(self) -> str:
        """On another server at each attempt."""
        self.server = next(self.turn).address
        return super().address()

    async def receive(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        """Note everything, also what the client itself would overlook."""
        if frame["type"] == "message.new":
            self.seqs.append(frame["seq"])
        elif frame["type"] == "message.ack":
            self.acknowledged[frame["client_id"]] = frame["seq"]
        await super().receive(socket, frame)

    async def talk(self, until: float) -> None:
        """Say something again and again."""
        for number in itertools.count():
            if time.monotonic() > until:
                return
            await self.send(f"{self.user.username} {number} 안녕하세요")
            await asyncio.sleep(EVERY)


async def disaster(redis: Redis, servers: list[Daphne]) -> None:
    """One Daphne killed and started, Redis restarted, the database's connections cut."""
    start, kill = (lambda s: asyncio.to_thread(s.start)), (lambda s: asyncio.to_thread(s.kill))
    await asyncio.sleep(3)
    await kill(servers[0])
    await asyncio.sleep(2)
    await start(servers[0])
    await asyncio.sleep(3)
    await kill(redis)
    await asyncio.sleep(3)
    await start(redis)
    await asyncio.sleep(3)
    await cut_database_connections()
    await asyncio.sleep(3)
    await cut_database_connections()
    await kill(servers[1])
    await start(servers[1])


def statuses() -> set[str]:
    """Of all rooms."""
    return {room.status for room in Room.objects.with_status()}


def check(room: Room, people: list[Person]) -> None:
    """The promise, for one room."""
    rows = list(Message.objects.filter(room=room).order_by("seq").values_list("seq", "client_id"))
    assert [seq for seq, _ in rows] == list(range(1, len(rows) + 1)), "a gap in seq"
    stored = {str(client_id): seq for seq, client_id in rows}
    assert len(stored) == len(rows), "a message was stored twice"
    for person in people:
        assert person.acknowledged.items() <= stored.items(), "an acknowledged message is missing"
        seen = [(m["seq"], m["client_id"]) for m in person.messages]
        assert seen == [(seq, str(client_id)) for seq, client_id in rows], "another order"
        assert person.seqs == sorted(set(person.seqs)), "a message came twice or too late"


async def test_nothing_acknowledged_is_lost_while_servers_die(redis, servers):
    @sync_to_async
    def meet() -> list[list[Person]]:
        turns = servers, servers[::-1]
        pairs = [(UserFactory.create(), UserFactory.create()) for _ in range(ROOMS)]
        rooms = [make_room(*pair) for pair in pairs]
        return [
            [Person(order, room, user) for user, order in zip(pair, turns, strict=True)]
            for room, pair in zip(rooms, pairs, strict=True)
        ]

    tables = await meet()
    people = [person for table in tables for person in table]
    connections = [asyncio.create_task(person.run()) for person in people]
    await eventually(lambda: all(person.socket for person in people), 30, "all connect")

    until = time.monotonic() + 30
    await asyncio.gather(disaster(redis, servers), *(person.talk(until) for person in people))
    await eventually(lambda: not any(p.outbox for p in people), 60, "all is acknowledged")
    heads = await sync_to_async(lambda: dict(Room.objects.values_list("pk", "last_seq")))()
    await eventually(
        lambda: all(len(p.messages) == heads[p.room.pk] for p in people), 60, "all is seen"
    )
    assert sum(heads.values()) > ROOMS * 2 * 60, "too little was said to show anything"
    for table in tables:
        await sync_to_async(check)(table[0].room, table)

    assert await sync_to_async(statuses)() == {"running"}
    for server in servers:
        server.kill()
    for connection_task in connections:
        connection_task.cancel()
    await eventually(lambda: statuses() == {"stop"}, 60, "leases of dead processes expire")
