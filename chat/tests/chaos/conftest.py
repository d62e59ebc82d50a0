"""Servers to be killed."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from chat.tests.cluster import Daphne, Redis


@pytest.fixture(autouse=True)
async def closed_connections() -> AsyncIterator[None]:
    """Those of the thread that asks the database for this test."""
    yield
    await sync_to_async(connections.close_all)()


@pytest.fixture
def redis() -> Iterator[Redis]:
    server = Redis()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def servers(redis: Redis) -> Iterator[list[Daphne]]:
    pair = [Daphne(redis.url), Daphne(redis.url)]
    with ThreadPoolExecutor() as threads:
        list(threads.map(Daphne.start, pair))
    yield pair
    for server in pair:
        server.kill()
