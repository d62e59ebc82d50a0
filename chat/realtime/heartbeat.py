"""The heartbeat of a process: renews leases and group memberships of all its sockets at once.

One task and a handful of queries each `HEARTBEAT`, however many sockets are open.
"""

import asyncio
import logging
from asyncio import AbstractEventLoop
from contextvars import Context
from typing import NamedTuple, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils import timezone

from chat.constants import HEARTBEAT
from chat.models import Room
from chat.realtime import presence, queries
from user.models import Session

logger = logging.getLogger(__name__)

_heartbeats: "WeakKeyDictionary[AbstractEventLoop, Heartbeat]" = WeakKeyDictionary()


class HeartbeatState(NamedTuple):
    """What a heartbeat has read for all sockets."""

    sessions: set[UUID]  # the log-in sessions that have not ended, of users who are active
    rooms: dict[UUID, Room]  # those that are still there, as `queries.room_state` needs them
    present: set[tuple[UUID, int]]  # who is in which room


class Member(Protocol):
    """What the heartbeat needs of a socket."""

    id: UUID
    user_id: int
    session_id: UUID
    room_id: UUID | None

    async def on_heartbeat(self, state: HeartbeatState) -> None:
        """Repair what the socket has missed, or close it."""


class Heartbeat:
    """Keeps the open sockets of one event loop alive."""

    def __init__(self) -> None:
        self.members: set[Member] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, member: Member) -> None:
        """Keep a socket alive from now on."""
        self.members.add(member)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), context=Context())

    def remove(self, member: Member) -> None:
        """The socket has closed."""
        self.members.discard(member)

    async def _run(self) -> None:
        while self.members:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self.beat()
            except DatabaseError as error:
                logger.warning("A heartbeat failed: %s", error)

    async def beat(self) -> None:
        """Renew everything once, and let each socket repair what it may have missed."""
        members = list(self.members)
        state = await _renew(members)
        for member in members:
            await member.on_heartbeat(state)


@database_sync_to_async
def _renew(members: list[Member]) -> HeartbeatState:
    close_old_connections()
    room_ids = {member.room_id for member in members if member.room_id}
    rooms = set(Room.objects.filter(pk__in=room_ids).values_list("pk", flat=True))
    live = Session.objects.live(timezone.now()).filter(
        pk__in={member.session_id for member in members}, user__is_active=True
    )
    sessions = set(live.values_list("pk", flat=True))
    presence.renew(
        (member.id, member.user_id, member.room_id)
        for member in members
        if member.session_id in sessions and (member.room_id is None or member.room_id in rooms)
    )
    return HeartbeatState(sessions, queries.rooms_of_sockets(rooms), presence.present(rooms))


def heartbeat() -> Heartbeat:
    """The heartbeat of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _heartbeats:
        _heartbeats[loop] = Heartbeat()
    return _heartbeats[loop]
