"""Group commit: the messages of all sockets of a process share transactions.

While some messages are being committed the next ones gather, so that under load the cost of a
commit is shared, and alone a message waits for no other. It is answered only after its commit.
"""

import asyncio
import logging
from asyncio import AbstractEventLoop, Future
from contextvars import Context
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.db import Error as DatabaseError
from django.db import close_old_connections

from chat import metrics
from chat.constants import INBOX_HINTS_EVERY
from chat.models import Message
from chat.realtime import groups
from chat.realtime.store import ReadOnlyError, Stored, store
from chat.serializers import message_data

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 200
_group_commits: "WeakKeyDictionary[AbstractEventLoop, GroupCommit]" = WeakKeyDictionary()


class UnavailableError(Exception):
    """The database did not take the message; sending it again with its `client_id` is safe."""


class GroupCommit:
    """One for each event loop."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Message, Future[Message]]] = []
        self._task: asyncio.Task[None] | None = None
        self._relaying: asyncio.Task[None] | None = None
        self._inboxes: set[tuple[UUID, int]] = set()

    async def store(self, message: Message) -> Message:
        """Store a new message; the one in the database, once it is committed.

        Raises ReadOnlyError, or UnavailableError when the database does not answer.
        """
        answer: Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting.append((message, answer))
        if self._task is None:  # it works for all sockets: its logs carry no socket's id
            self._task = asyncio.create_task(self._run(), context=Context())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                group = self._waiting[:MOST_AT_ONCE]
                self._waiting = self._waiting[MOST_AT_ONCE:]
                await self._commit(group)
        finally:
            self._task = None

    async def _commit(self, group: list[tuple[Message, "Future[Message]"]]) -> None:
        results: list[Stored | ReadOnlyError] | list[UnavailableError]
        try:
            results = await _store([message for message, _ in group])
        except DatabaseError as error:
            logger.error("%d messages were not stored: %s", len(group), error)
            results = [UnavailableError()] * len(group)
        for (_, answer), result in zip(group, results, strict=True):
            if answer.done():  # its socket has gone
                continue
            if isinstance(result, Stored):
                answer.set_result(result.message)
            else:
                answer.set_exception(result)
        fresh = [result for result in results if isinstance(result, Stored) and result.fresh]
        metrics.messages_stored.inc(len(fresh))
        # The next group is stored while this one is relayed, each after the one before.
        if self._relaying:
            await self._relaying
        self._relaying = asyncio.create_task(self._relay(fresh))

    async def _relay(self, fresh: list[Stored]) -> None:
        rooms: dict[UUID, list[dict[str, Any]]] = {}
        for stored in fresh:
            room_id = stored.message.room_id
            rooms.setdefault(room_id, []).append(message_data(stored.message))
            self._notify_inboxes_later({(room_id, member) for member in stored.members})
        await asyncio.gather(
            *(
                groups.publish(groups.room_group(room_id), "room.messages", messages=messages)
                for room_id, messages in rooms.items()
            )
        )

    def _notify_inboxes_later(self, changed: set[tuple[UUID, int]]) -> None:
        """Inboxes can wait a moment, in which a busy room needs one hint instead of many."""
        if not self._inboxes:
            loop = asyncio.get_running_loop()
            loop.call_later(INBOX_HINTS_EVERY, lambda: loop.create_task(self._notify_inboxes()))
        self._inboxes |= changed

    async def _notify_inboxes(self) -> None:
        changed, self._inboxes = self._inboxes, set()
        for inbox in changed:  # one after the other, so that no message waits behind all of them
            await groups.notify_inboxes([inbox])


@sync_to_async  # without Channels' check of the connection, a query each time: see below
def _store(messages: list[Message]) -> list[Stored | ReadOnlyError]:
    try:
        return store(messages)
    except DatabaseError:
        # The connection may have been cut. On a fresh one, once more: `client_id` makes it safe.
        close_old_connections()
        return store(messages)


def group_commit() -> GroupCommit:
    """The group commit of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _group_commits:
        _group_commits[loop] = GroupCommit()
    return _group_commits[loop]
