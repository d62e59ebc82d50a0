"""A person who uses the coffee chat at random, while its servers die."""

import asyncio
import random
import time
import uuid
from contextlib import suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection

from chat.example_client import ChatClient
from chat.models import Room
from chat.tests.cluster import Daphne
from chat.tests.tables import Event, Pair
from user.models import User
from user.tests.factories import access_token_for

ACTIONS = {"ask": 5, "rooms": 4, "requests": 4, "accept": 5, "leave": 2, "block": 1, "unblock": 3}
ACTIONS |= {"write": 8, "peek": 1}
CALLS = {"accept": ("post", "accept/"), "leave": ("delete", "")}


class Socket(ChatClient):
    """A person's socket in a room; it goes on at another server when one fails."""

    def __init__(self, person: "Person", room_id: str) -> None:
        super().__init__("", room_id, person.token)
        self.person, self.status = person, ""
        self.sent: dict[str, Event] = {}
        self.task = asyncio.create_task(self.run())

    def address(self) -> str:
        """At any of the servers."""
        self.server = self.person.any_server().address
        return super().address()

    async def write(self, event: Event) -> None:
        """Send a message now, or again after the next connection."""
        client_id = str(uuid.uuid4())
        self.sent[client_id], self.outbox[client_id] = event, "안녕하세요"
        if self.socket:
            await self._offer(self.socket, client_id)

    async def receive(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        """Note what became of each message, and how the room stands."""
        event = self.sent.get(frame.get("client_id", ""))
        if frame["type"] == "status":
            self.status = frame["status"]
        elif event and frame["type"] == "message.ack":
            event.answer, event.ended = frame["seq"], time.monotonic()
        elif event and frame["type"] == "error" and frame["code"] == "read_only":
            event.answer, event.ended = "read_only", time.monotonic()
        await super().receive(socket, frame)


class Person:
    """Does at random what the site lets people do, and keeps what was answered."""

    def __init__(self, user: User, servers: list[Daphne], chance: random.Random) -> None:
        self.name, self.user, self.servers, self.chance = user.username, user, servers, chance
        self.token = str(access_token_for(user))
        self.pairs: dict[str, Pair] = {}
        self.known: dict[str, list[str]] = {}  # the other's name → their rooms as I met them
        self.sockets: dict[str, Socket] = {}
        self.http = httpx.AsyncClient(headers={"Authorization": f"Bearer {self.token}"}, timeout=30)

    def any_server(self) -> Daphne:
        """One of the two."""
        return self.chance.choice(self.servers)

    async def call(self, method: str, path: str, body: Any = None) -> httpx.Response | None:
        """A request; None where the answer was lost. Raises ConnectError where it was not sent."""
        url = f"http://127.0.0.1:{self.any_server().port}/api/v1/{path}"
        with suppress(httpx.ReadError, httpx.RemoteProtocolError, httpx.TimeoutException):
            answer = await self.http.request(method, url, json=body)
            return answer if answer.status_code < 500 else None
        return None

    async def live(self, over: asyncio.Event, all_rooms: set[str]) -> None:
        """One thing after the other."""
        while not over.is_set():
            what = self.chance.choices(list(ACTIONS), list(ACTIONS.values()))[0]
            other = self.chance.choice(list(self.pairs))
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                if what == "peek":
                    await self.peek(all_rooms)
                elif what in {"rooms", "requests"}:
                    await self.read(what)
                elif what == "write":
                    await self.write(other)
                else:
                    await self.act(what, other)
            for rooms in self.known.values():
                all_rooms.update(rooms)
            await asyncio.sleep(self.chance.uniform(0, 0.3))

    async def act(self, what: str, other: str) -> None:
        """Ask, answer, leave, block or unblock."""
        room = self.chance.choice(self.known[other][-2:]) if self.known[other] else ""
        event = Event(self.name, what, time.monotonic(), room if what in CALLS else "")
        if what == "ask":
            body = {"partner": other, "message": f"{self.name} 안녕하세요"}
            answer = await self.call("post", "rooms/", body)
        elif what in CALLS:
            if not room:
                return
            method, tail = CALLS[what]
            answer = await self.call(method, f"rooms/{room}/{tail}")
        else:
            method = "put" if what == "block" else "delete"
            answer = await self.call(method, f"users/{other}/block/")
        if answer is not None:
            event.ended, event.answer = time.monotonic(), answer.status_code
            if what == "ask":
                room = answer.json().get("id", "")
                event.answer = answer.status_code, room
                self.meet(other, room)
                if answer.status_code == 429 and int(answer.headers["Retry-After"]) <= 24 * 3600:
                    return  # ten in a day: that concerns no pair of people
        self.pairs[other].events.append(event)

    async def read(self, what: str) -> None:
        """A list, which says something of each of the others."""
        began = time.monotonic()
        answer = await self.call("get", "rooms/" + ("?box=requests" if what == "requests" else ""))
        if answer is None:
            return
        rows = {room["partner"]["username"]: room for room in answer.json()["results"]}
        for other, pair in self.pairs.items():
            event = Event(self.name, what, began, answer="", ended=time.monotonic())
            if other in rows:
                event.answer = rows[other]["id"], rows[other]["pending_reason"]
                self.meet(other, rows[other]["id"])
            pair.events.append(event)

    def meet(self, other: str, room_id: str) -> None:
        """A room of these two, to be used."""
        if room_id and room_id not in self.known[other]:
            self.known[other].append(room_id)

    async def write(self, other: str) -> None:
        """A message into the newest room, whether or not one may."""
        if not self.known[other]:
            return
        room_id = self.known[other][-1]
        socket = self.sockets.get(room_id)
        if socket is None or socket.task.done():
            socket = self.sockets[room_id] = Socket(self, room_id)
        for _ in range(20):
            if socket.socket or socket.task.done():
                break
            await asyncio.sleep(0.05)
        else:
            return
        if socket.task.done():
            return
        event = Event(self.name, "write", time.monotonic(), room_id)
        self.pairs[other].events.append(event)
        await socket.write(event)

    async def peek(self, all_rooms: set[str]) -> None:
        """What is between others is not there."""
        mine = {room_id for rooms in self.known.values() for room_id in rooms}
        for room_id in self.chance.sample(sorted(all_rooms - mine), min(1, len(all_rooms - mine))):
            answer = await self.call("get", f"rooms/{room_id}/messages/")
            if answer is not None and answer.status_code == 200:
                members = await Room.objects.filter(pk=room_id).values_list("low", "high").afirst()
                assert members is None or self.user.pk in members, "a stranger read a room"

    async def end(self) -> None:
        """Look a last time, and go."""
        await self.read("rooms")
        await self.read("requests")
        for socket in self.sockets.values():
            socket.task.cancel()
        await self.http.aclose()
