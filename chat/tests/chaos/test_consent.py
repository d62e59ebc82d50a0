"""People ask, accept, decline, withdraw, block, leave and talk while servers die.

Each seed is a world of five people; up to four worlds share two Daphne processes with a Redis of
their own. At random people use the API and the sockets, time passes by days, servers are killed and
connections cut. What each pair was answered must be one history of design's tables (`tables`), and
what is stored in the end that history's end: no message is in a room that was not accepted, no one
is in a room they did not want, nothing acknowledged is lost or doubled, also where an answer was
lost. No one reads a room of others, and open sockets are right within 60 s.
"""

import asyncio
import itertools
import os
import random
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction
from django.db.models import F

from chat.models import Message, Refusal, RequestLog, Room
from chat.tests.chaos.person import Person
from chat.tests.cluster import Daphne, Redis, cut_database_connections, eventually
from chat.tests.tables import Event, Pair, stored
from user.models import User
from user.tests.factories import UserFactory

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]

FIRST = int(os.environ.get("CHAOS_FIRST", "0"))
END = FIRST + int(os.environ.get("CHAOS_SEEDS", "1"))
AT_ONCE = 4  # worlds on the same servers
SECONDS = 12.0
NOTHING_DONE = (None, "", 404, 409, "read_only")


async def disasters(chance: random.Random, redis: Redis, servers: list[Daphne]) -> None:
    """Kill and start servers and cut connections, in an order of the seed's."""
    for kind in chance.sample(["daphne", "daphne", "redis", "database", "database"], 4):
        await asyncio.sleep(chance.uniform(0.5, 2))
        if kind == "database":
            await cut_database_connections()
            continue
        server = redis if kind == "redis" else chance.choice(servers)
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(chance.uniform(0, 1))
        await asyncio.to_thread(server.start)


@sync_to_async
@transaction.atomic
def let_days_pass(days: int, people: list[User]) -> None:
    """For two people: what they did with each other is so much older."""
    ids, age = [person.pk for person in people], timedelta(days=days)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    list(Room.objects.select_for_update().filter(low__in=ids, high__in=ids))
    Room.objects.filter(low__in=ids, high__in=ids).update(created_at=F("created_at") - age)
    Refusal.objects.filter(refuser__in=ids, refused__in=ids).update(
        refused_at=F("refused_at") - age
    )
    RequestLog.objects.filter(asker__in=ids).update(asked_at=F("asked_at") - age)


async def clock(over: asyncio.Event, chance: random.Random, people: list[Person]) -> None:
    """Now and then days pass for two of the people."""
    while not over.is_set():
        await asyncio.sleep(chance.uniform(0, 0.5))
        one, other = chance.sample(people, 2)
        event = Event("", "days", time.monotonic(), days=chance.choice([1, 8, 31]), answer=200)
        await let_days_pass(event.days, [one.user, other.user])
        event.ended = time.monotonic()
        one.pairs[other.name].events.append(event)


def wrong_sockets(people: list[Person]) -> list[str]:
    """Open sockets that do not show what is stored."""
    wrong = []
    for person in people:
        rooms = {str(room.pk): room for room in Room.objects.of(person.user.pk).with_status()}
        for room_id, socket in person.sockets.items():
            if socket.task.done():
                continue
            room = rooms.get(room_id)
            rows = Message.objects.filter(room__pk=room_id).order_by("seq")
            seen = [(message["seq"], message["client_id"]) for message in socket.messages]
            right = room and socket.status == room.status and not socket.outbox
            if not right or seen != [(row.seq, str(row.client_id)) for row in rows]:
                wrong.append(f"{person.name} in {room_id}: {socket.status}, {len(seen)} messages")
    return wrong


def begin_world(seed: int, servers: list[Daphne]) -> list[Person]:
    """Five people who have not met."""
    chance, people = random.Random(seed), []
    for number in range(5):
        user = UserFactory.create(username=f"person{number}of{seed}")
        user.profile.chat_policy = chance.choice(["request", "request", "open", "closed"])
        user.profile.save()
        people.append(Person(user, servers, random.Random(f"{seed} {number}")))
    for one, other in pairs_of(people):
        policies = {person.name: person.user.profile.chat_policy for person in (one, other)}
        one.pairs[other.name] = other.pairs[one.name] = Pair(policies)
        one.known[other.name], other.known[one.name] = [], []
    return people


def pairs_of(world: list[Person]) -> list[tuple[Person, Person]]:
    """All two of them."""
    return list(itertools.combinations(world, 2))


@pytest.mark.parametrize("first", range(FIRST, END, AT_ONCE))
async def test_what_two_people_want_of_each_other_holds_while_servers_die(first, redis, servers):
    seeds = range(first, min(first + AT_ONCE, END))
    worlds = [await sync_to_async(begin_world)(seed, servers) for seed in seeds]
    people = [person for world in worlds for person in world]

    over, all_rooms = asyncio.Event(), set[str]()
    lives = [asyncio.create_task(person.live(over, all_rooms)) for person in people]
    for seed, world in zip(seeds, worlds, strict=True):
        lives.append(asyncio.create_task(clock(over, random.Random(seed), world)))
    await asyncio.gather(disasters(random.Random(first), redis, servers), asyncio.sleep(SECONDS))
    over.set()
    await asyncio.gather(*lives)

    with suppress(TimeoutError):
        await eventually(lambda: not wrong_sockets(people), 60, "open sockets are right")
    assert await sync_to_async(wrong_sockets)(people) == []
    await asyncio.gather(*(person.end() for person in people))
    for one, other in itertools.chain(*map(pairs_of, worlds)):
        pair, end = one.pairs[other.name], await sync_to_async(stored)(one.user, other.user)
        history = sorted(pair.events, key=lambda event: event.began)
        assert pair.explains(end), "\n".join(map(str, [pair.policies, end, *history]))
    for world in worlds:
        events = [event for one, other in pairs_of(world) for event in one.pairs[other.name].events]
        answered = {event.what for event in events if event.answer is not None}
        assert answered >= {"ask", "write"}, "too little happened to show anything"
        done = [event for event in events if event.answer not in NOTHING_DONE]
        assert len(done) > 50, "too little happened to show anything"
