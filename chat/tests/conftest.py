"""What the tests of sockets share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from channels.db import database_sync_to_async
from django.db import connections

from chat.tests.client import Client


@pytest.fixture
async def closed_sockets(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Close what a test opened, and the connection of the thread that served it."""
    opened: list[Client] = []
    connect = Client.connect

    async def remember(self: Client) -> tuple[bool, str | int | None]:
        opened.append(self)
        return await connect(self)

    monkeypatch.setattr(Client, "connect", remember)
    yield
    for client in opened:
        with suppress(asyncio.CancelledError):  # of one that timed out
            await client.disconnect()
    await database_sync_to_async(connections.close_all)()
