"""Stores the messages of all sockets of a process, as many in one transaction as came meanwhile.

While one batch is being committed the next one gathers, so that under load the cost of a commit is
shared, and alone a message waits for nobody. A message is answered only after its commit.
"""

import asyncio
import logging
from asyncio import AbstractEventLoop, Future
from contextvars import Context
from uuid import UUID
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.db import Error as DatabaseError
from django.db import close_old_connections

from chat import metrics, relay
from chat.constants import INBOX_HINTS_EVERY
from chat.services import NewMessage, ReadOnlyError, Stored, store

logger = logging.getLogger(__name__)

BATCH = 200
_writers: "WeakKeyDictionary[AbstractEventLoop, Writer]" = WeakKeyDictionary()


class UnavailableError(Exception):
    """The database did not take the message; sending it again with its `client_id` is safe."""


class Writer:
    """One for each event loop."""

    def __init__(self) -> None:
        self._waiting: list[tuple[NewMessage, Future[Stored]]] = []
        self._task: asyncio.Task[None] | None = None
        self._relaying: asyncio.Task[None] | None = None
        self._inboxes: set[tuple[UUID, int]] = set()

    async def write(self, message: NewMessage) -> Stored:
        """Store a message and return when it is committed.

        Raises ReadOnlyError, or UnavailableError when the database does not answer.
        """
        answer: Future[Stored] = asyncio.get_running_loop().create_future()
        self._waiting.append((message, answer))
        if self._task is None:  # it works for all sockets: its logs carry no socket's id
            self._task = asyncio.create_task(self._run(), context=Context())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._write_batch(batch)
        finally:
            self._task = None

    async def _write_batch(self, batch: list[tuple[NewMessage, "Future[Stored]"]]) -> None:
        messages = [message for message, _ in batch]
        try:
            results = await _store(messages)
        except DatabaseError as error:
            logger.error("%d messages were not stored: %s", len(batch), error)
            results = [UnavailableError()] * len(batch)  # type: ignore[list-item]
        for (_, answer), result in zip(batch, results, strict=True):
            if answer.done():  # its socket has gone
                continue
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)
        fresh = sum(isinstance(result, Stored) and result.fresh for result in results)
        metrics.messages_stored.inc(fresh)
        # The next batch is stored while this one is relayed, each after the one before.
        if self._relaying:
            await self._relaying
        self._relaying = asyncio.create_task(self._relay(messages, results))

    async def _relay(
        self, messages: list[NewMessage], results: list[Stored | ReadOnlyError]
    ) -> None:
        rooms: dict[UUID, list[dict[str, object]]] = {}
        for message, result in zip(messages, results, strict=True):
            if isinstance(result, Stored) and result.fresh:
                rooms.setdefault(message.room_id, []).append(_hint(message, result))
                self._tell_inboxes_later({(message.room_id, member) for member in result.members})
        await asyncio.gather(
            *(
                relay.publish(relay.room_group(room_id), "relay.messages", messages=fresh)
                for room_id, fresh in rooms.items()
            )
        )

    def _tell_inboxes_later(self, changed: set[tuple[UUID, int]]) -> None:
        """Inboxes can wait a moment, in which a busy room needs one hint instead of many."""
        if not self._inboxes:
            loop = asyncio.get_running_loop()
            loop.call_later(INBOX_HINTS_EVERY, lambda: loop.create_task(self._tell_inboxes()))
        self._inboxes |= changed

    async def _tell_inboxes(self) -> None:
        changed, self._inboxes = self._inboxes, set()
        await asyncio.gather(
            *(
                relay.publish(relay.inbox_group(member), "inbox.room", room_id=str(room_id))
                for room_id, member in changed
            )
        )


@sync_to_async  # without Channels' check of the connection, a query each time: see below
def _store(messages: list[NewMessage]) -> list[Stored | ReadOnlyError]:
    try:
        return store(messages)
    except DatabaseError:
        # The connection may have been cut. On a fresh one, once more: `client_id` makes it safe.
        close_old_connections()
        return store(messages)


def _hint(message: NewMessage, stored: Stored) -> dict[str, object]:
    return {
        "seq": stored.seq,
        "sender_id": message.sender_id,
        "body": stored.body,
        "created_at": stored.created_at.isoformat(),
        "client_id": str(message.client_id),
    }


def writer() -> Writer:
    """The writer of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _writers:
        _writers[loop] = Writer()
    return _writers[loop]
