"""The heartbeat of a process: renews leases and group memberships of all its sockets at once.

One task and a handful of queries each `HEARTBEAT`, however many sockets are open.
"""

import asyncio
import logging
import time
from asyncio import AbstractEventLoop
from contextvars import Context
from typing import NamedTuple, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import close_old_connections
from django.utils import timezone

from chat.constants import HEARTBEAT
from chat.models import Room
from chat.realtime import presence, queries
from user.models import Session

LATE = 3 * HEARTBEAT
REPAIR_WITHIN = 5.0  # seconds that a heartbeat waits for its sockets

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
    """Keeps the open sockets of one event loop alive. What one of them does ends no other."""

    def __init__(self) -> None:
        self.members: set[Member] = set()
        self._repairing: set[Member] = set()
        self._task: asyncio.Task[None] | None = None
        self._beaten_at = time.monotonic()

    def add(self, member: Member) -> None:
        """Keep a socket alive from now on."""
        if not self.members:
            self._beaten_at = time.monotonic()
        self.members.add(member)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), context=Context())

    def remove(self, member: Member) -> None:
        """The socket has closed."""
        self.members.discard(member)

    @property
    def is_late(self) -> bool:
        """Whether sockets wait for a heartbeat that should have come."""
        return bool(self.members) and time.monotonic() - self._beaten_at > LATE

    async def _run(self) -> None:
        due = time.monotonic()
        while self.members:
            due = max(due + HEARTBEAT, time.monotonic())  # what a heartbeat takes delays none
            await asyncio.sleep(due - time.monotonic())
            try:
                await self.beat()
            except Exception:  # whatever it was, the next one is due
                logger.exception("A heartbeat failed")

    async def beat(self) -> None:
        """Renew everything once, and let each socket repair what it may have missed.

        A socket whose client does not read is not waited for, nor asked again until it is done,
        except to close because its session has ended.
        """
        members = list(self.members)
        state = await _renew(members)
        self._beaten_at = time.monotonic()
        repairs = [
            asyncio.create_task(self._repair(member, state))
            for member in members
            if member not in self._repairing or member.session_id not in state.sessions
        ]
        if repairs:
            await asyncio.wait(repairs, timeout=REPAIR_WITHIN)

    async def _repair(self, member: Member, state: HeartbeatState) -> None:
        self._repairing.add(member)
        try:
            await member.on_heartbeat(state)
        except Exception:  # a socket's failure concerns that socket alone
            logger.exception("A socket failed at its heartbeat")
        finally:
            self._repairing.discard(member)


def is_late() -> bool:
    """Whether a heartbeat of this process is late."""
    return any(heartbeat.is_late for heartbeat in list(_heartbeats.values()))


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
