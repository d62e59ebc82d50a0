"""The messages of a room as one socket is sent them: in the order of `seq`, each once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError

from chat.constants import HISTORY_PAGE, HOLE_PATIENCE
from chat.realtime import queries

logger = logging.getLogger(__name__)

Row = dict[str, Any]


class MessageStream:
    """Hints come in any order, twice, or not at all; `send` gets every message in its place.

    A hint whose predecessor is missing waits for it: two processes that write to the same room
    overtake each other all the time. What has not come by then is read from the database.
    """

    def __init__(self, room_id: UUID, sent_seq: int, send: Callable[[Row], Awaitable[None]]):
        self.room_id = room_id
        # Everything up to here has been sent to the client, or is older than the connection.
        self.sent_seq = sent_seq
        self.live = False
        self._send = send
        self._early: dict[int, Row] = {}
        self._in_order = asyncio.Lock()
        self._patience: asyncio.TimerHandle | None = None

    async def sync(self, after: int, done: Callable[[int], Awaitable[None]]) -> None:
        """Send everything after `after`, call `done` with the last `seq`, then send what is new."""
        async with self._in_order:
            self.live = True
            self.sent_seq = after
            await self._catch_up()
            await done(self.sent_seq)

    async def go_live(self) -> None:
        """From now on send what is new, beginning with what came since the connection."""
        if self.live:
            return
        async with self._in_order:
            self.live = True
            await self._catch_up()

    async def receive_hint(self, rows: Iterable[Row]) -> None:
        """Take hints of new messages."""
        async with self._in_order:
            if not self.live:
                return
            self._early |= {row["seq"]: row for row in rows if row["seq"] > self.sent_seq}
            await self._send_early()
            if self._early and self._patience is None:
                loop = asyncio.get_running_loop()
                self._patience = loop.call_later(
                    HOLE_PATIENCE, lambda: loop.create_task(self._fill_hole())
                )

    async def reach(self, head: int) -> None:
        """The newest message is this one: send what is missing up to it."""
        async with self._in_order:
            if self.live and head > self.sent_seq:
                await self._catch_up()

    def close(self) -> None:
        """Wait for nothing any more."""
        if self._patience:
            self._patience.cancel()

    async def _fill_hole(self) -> None:
        async with self._in_order:
            self._patience = None
            if self._early:
                try:
                    await self._catch_up()
                except DatabaseError as error:  # the heartbeat tries again
                    logger.warning("A hole in a chat stays for now: %s", error)

    async def _send_early(self) -> None:
        while row := self._early.pop(self.sent_seq + 1, None):
            self.sent_seq += 1
            await self._send(row)

    async def _catch_up(self) -> None:
        """Send what the database has after `sent_seq`, page by page."""
        while page := await queries.messages_after(self.room_id, self.sent_seq):
            for row in page:
                self.sent_seq = row["seq"]
                await self._send(row)
            if len(page) < HISTORY_PAGE:
                break
        self._early.clear()
