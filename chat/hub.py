"""The heartbeat of a process: renews leases and group memberships of all its sockets at once.

One task and a handful of queries each `HEARTBEAT`, however many sockets are open.
"""

import asyncio
import logging
from asyncio import AbstractEventLoop
from contextvars import Context
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError
from django.db import close_old_connections

from chat import presence
from chat.constants import HEARTBEAT
from chat.models import Room
from user.models import User

if TYPE_CHECKING:
    from chat.sockets import Socket

logger = logging.getLogger(__name__)

_hubs: "WeakKeyDictionary[AbstractEventLoop, Hub]" = WeakKeyDictionary()


class Pulse(NamedTuple):
    """What a heartbeat found out for all sockets."""

    token_versions: dict[int, int]  # of the users who are active
    heads: dict[UUID, int]  # the newest `seq` of each room that is still there
    present: set[tuple[UUID, int]]  # who is in which room


class Hub:
    """The open sockets of one event loop."""

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, socket: "Socket") -> None:
        """Keep a socket alive from now on."""
        self.sockets.add(socket)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._beat(), context=Context())

    def remove(self, socket: "Socket") -> None:
        """The socket has closed."""
        self.sockets.discard(socket)

    async def _beat(self) -> None:
        while self.sockets:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self.pulse()
            except DatabaseError as error:
                logger.warning("A heartbeat failed: %s", error)

    async def pulse(self) -> None:
        """Renew everything once, and tell each socket what it may have missed."""
        sockets = list(self.sockets)
        leases = [(s.id, s.user_id, s.room_id) for s in sockets]
        rooms = {s.room_id for s in sockets if s.room_id}
        pulse = await _renew(leases, rooms)
        for socket in sockets:
            await socket.on_heartbeat(pulse)


@database_sync_to_async
def _renew(leases: list[tuple[UUID, int, UUID | None]], room_ids: set[UUID]) -> Pulse:
    close_old_connections()
    heads = dict(Room.objects.filter(pk__in=room_ids).values_list("pk", "last_seq"))
    users = {user_id for _, user_id, _ in leases}
    active = User.objects.filter(pk__in=users, is_active=True)
    versions = dict(active.values_list("pk", "token_version"))
    presence.renew(
        lease
        for lease in leases
        if lease[1] in versions and (lease[2] is None or lease[2] in heads)
    )
    return Pulse(versions, heads, presence.present(room_ids))


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
