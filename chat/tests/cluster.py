"""Real servers for tests: Daphne processes on a database, and a Redis of their own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import redis
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_with_this_process(server: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    """A guard that kills a server when this process has ended, even if it was killed itself.

    It waits for the end of its input, which comes then; a session of its own keeps it from being
    killed together with this process.
    """
    return subprocess.Popen(
        ["sh", "-c", 'read _; kill -9 "$0"', str(server.pid)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


class Server:
    """A process at a port, started again at the same one after it was killed."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.guard: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """What to run."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """With what environment."""
        return dict(os.environ)

    def is_ready(self) -> bool:
        """Whether it answers."""
        raise NotImplementedError

    def start(self) -> None:
        """Start it and wait until it answers. Raises TimeoutError after two minutes."""
        self.process = subprocess.Popen(
            self.command(), cwd=ROOT, env=self.environment(), stdout=subprocess.DEVNULL
        )
        self.guard = end_with_this_process(self.process)
        for _ in range(1200):
            if self.is_ready():
                return
            time.sleep(0.1)
        raise TimeoutError(f"{self.command()[0]} did not start")

    def kill(self) -> None:
        """End it without a farewell, if it runs."""
        for process in (self.guard, self.process):  # the guard first: it must not outlive the id
            if process:
                process.kill()
                process.communicate()
        self.guard = self.process = None


class Redis(Server):
    """A Redis that keeps nothing on disk."""

    def command(self) -> list[str]:
        """Debian's server."""
        port = str(self.port)
        return ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", ""]

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def is_ready(self) -> bool:
        """Whether it answers."""
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


class Daphne(Server):
    """The product as it runs in production, on the test's own database."""

    def __init__(self, redis_url: str) -> None:
        super().__init__()
        self.redis_url = redis_url
        self.settings: dict[str, str] = {}

    def command(self) -> list[str]:
        """One process."""
        address = ["-b", "127.0.0.1", "-p", str(self.port)]
        return [sys.executable, "-m", "daphne", "-v0", *address, "sidepro.asgi:application"]

    def environment(self) -> dict[str, str]:
        """Production settings."""
        database = connection.settings_dict
        user, host = database["USER"] or "postgres", database["HOST"] or "127.0.0.1"
        login = f"{user}:{database['PASSWORD']}" if database["PASSWORD"] else user
        return dict(os.environ) | {
            "DATABASE_URL": f"postgres://{login}@{host}:{database['PORT'] or 5432}"
            f"/{database['NAME']}?application_name=daphne",
            "REDIS_URL": self.redis_url,
            "DEBUG": "off",
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "off",
            "LOG_LEVEL": "CRITICAL",
            **self.settings,
        }

    @property
    def address(self) -> str:
        """Where its sockets are."""
        return f"ws://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Whether the process lives."""
        try:
            answer = httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2)
        except httpx.TransportError:
            return False
        return answer.is_success


@sync_to_async
def cut_database_connections() -> None:
    """End every session of the servers, as a fail-over of the database does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'daphne'"
        )
        assert cursor.fetchone()[0] > 0, "the servers should have been connected"


async def eventually(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until it holds. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not await sync_to_async(holds)():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        await asyncio.sleep(0.2)
