"""Servers and databases that a benchmark starts for itself."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
DATABASE_SERVER = os.environ.get("BENCH_DATABASE_SERVER", "postgres://postgres@127.0.0.1:5432")
SETTINGS = {
    "DEBUG": "off",
    "SECRET_KEY": "benchmark-only-" * 5,
    "ALLOWED_HOSTS": "127.0.0.1",
    "FRONTEND_URL": "https://127.0.0.1",
    "SECURE_SSL_REDIRECT": "off",
    "LOG_LEVEL": "ERROR",
    "THROTTLE_SEARCH": "1000000/sec",
}


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def fresh_database(name: str) -> Iterator[str]:
    """The address of an empty database with the product's tables; this process uses it as well."""
    admin = psycopg2.connect(f"{DATABASE_SERVER}/postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    url = f"{DATABASE_SERVER}/{name}"
    os.environ |= SETTINGS | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "sidepro.settings"}
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield url
    finally:
        connections.close_all()
        with admin.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


Server = tuple[str, "subprocess.Popen[bytes]"]


@contextmanager
def daphne(application: str, environment: dict[str, str], root: Path = ROOT) -> Iterator[Server]:
    """One process that serves an application; gives the address of its sockets."""
    port = free_port()
    command = ["daphne", "-v0", "-b", "127.0.0.1", "-p", str(port), application]
    with _running(command, port, environment, root) as process:
        yield f"ws://127.0.0.1:{port}", process


@contextmanager
def gunicorn(environment: dict[str, str], root: Path = ROOT) -> Iterator[Server]:
    """Two workers that serve the product, of the working copy at `root`; gives their address."""
    port = free_port()
    command = ["gunicorn", "sidepro.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}"]
    with _running(command, port, environment, root) as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def _running(
    command: list[str], port: int, environment: dict[str, str], root: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *command],
        cwd=root,
        env=os.environ | SETTINGS | environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait(40)


def _wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing listens at port {port}")
