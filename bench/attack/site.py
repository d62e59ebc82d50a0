"""The servers under attack, and people with accounts on them."""

import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg2
import redis
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bench.servers import DATABASE_SERVER, SETTINGS, daphne, gunicorn

DATABASE = "sidepro_bench_attack"
REDIS_URL = os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/15")
ENVIRONMENT = {"DATABASE_URL": f"{DATABASE_SERVER}/{DATABASE}", "REDIS_URL": REDIS_URL}
PASSWORD = "correct-horse-battery"  # noqa: S105 - of accounts that live for a minute
API = "/api/v1/"
MESSAGES = 600  # of 4,000 letters each, in a full room


@dataclass
class Person:
    """A client with an account."""

    http: httpx.Client
    base: str
    name: str
    access: str
    refresh: str

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Read from the API as this person."""
        return self.http.get(f"{self.base}{API}{path}", **options)

    def post(self, path: str, body: Any, **options: Any) -> httpx.Response:
        """Ask the API as this person."""
        return self.http.post(f"{self.base}{API}{path}", json=body, **options)


@dataclass
class Site:
    """Servers that have just started; `pid` is the one whose memory counts."""

    base: str
    pid: int
    address: str = ""  # of the sockets, if these are served

    @contextmanager
    def person(self) -> Iterator[Person]:
        """A new account, logged in, with no memory of earlier attacks in its limits."""
        redis.Redis.from_url(REDIS_URL).flushdb()
        name = f"a{uuid.uuid4().hex[:12]}"
        with httpx.Client(timeout=90) as http:
            me = Person(http, self.base, name, "", "")
            body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
            me.post("auth/register/", body).raise_for_status()
            login = {"email": body["email"], "password": PASSWORD}
            native = {"X-Client": "native"}  # the refresh token is in the answer, not in a cookie
            pair = me.post("auth/token/", login, headers=native).raise_for_status().json()
            me.access, me.refresh = pair["access"], pair["refresh"]
            http.headers["Authorization"] = f"Bearer {me.access}"
            yield me

    def room(self, me: Person, partner: Person, messages: int = 0) -> str:
        """A room in which these two may write, with so many messages of 4,000 letters."""
        room = str(me.post("rooms/", {"partner": partner.name, "message": "커피"}).json()["id"])
        partner.post(f"rooms/{room}/accept/", {})
        person = me.get("users/me/").json()["id"]
        with psycopg2.connect(ENVIRONMENT["DATABASE_URL"]) as database, database.cursor() as cursor:
            cursor.execute("SELECT last_seq FROM chat_room WHERE id = %s", [room])
            (last,) = cursor.fetchone() or (0,)
            cursor.execute(
                "INSERT INTO chat_message (room_id, seq, sender_id, client_id, body, created_at)"
                " SELECT %s, n, %s, gen_random_uuid(), repeat('가', 4000), now()"
                " FROM generate_series(%s, %s) n",
                [room, person, last + 1, messages],
            )
            last = max(last, messages)
            cursor.execute("UPDATE chat_room SET last_seq = %s WHERE id = %s", [last, room])
        return room

    def socket(self, me: Person, path: str, **options: Any) -> ClientConnection:
        """A socket of this person's: `chat/{room}/` or `inbox/`."""
        protocols: Any = ["sidepro.chat.v1", f"bearer.{me.access}"]
        url = f"{self.address}/ws/{path}"
        ws: ClientConnection = connect(url, subprotocols=protocols, compression=None, **options)
        return ws

    def heartbeat(self) -> str:
        """What the sockets' server says of its heartbeat."""
        ready = httpx.get(f"{self.address.replace('ws', 'http', 1)}/readyz", timeout=30)
        return f"/readyz {ready.status_code}, heartbeat {ready.json().get('heartbeat', 'unknown')}"


@contextmanager
def web(root: Path) -> Iterator[Site]:
    """A site that serves HTTP; the memory of Gunicorn's workers counts."""
    with gunicorn(ENVIRONMENT, root) as (base, process):
        yield Site(base, process.pid)


@contextmanager
def web_and_sockets(root: Path) -> Iterator[Site]:
    """A whole site; the memory of Daphne counts."""
    with (
        gunicorn(ENVIRONMENT, root) as (base, _),
        daphne("sidepro.asgi:application", ENVIRONMENT, root) as (address, process),
    ):
        yield Site(base, process.pid, address)


def prepare(root: Path) -> None:
    """An empty database with the working copy's tables."""
    admin = psycopg2.connect(f"{DATABASE_SERVER}/postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=root,
        env=os.environ | SETTINGS | ENVIRONMENT,
        check=True,
    )


def memory_of(pid: int) -> int:
    """The most memory (MB) that a process, or one of its children, has had since it started."""
    peaks = []
    for one in _with_children(pid):
        status = Path(f"/proc/{one}/status").read_text()
        peaks.append(int(status.split("VmHWM:")[1].split()[0]) // 1024)
    return max(peaks)


def cpu_of(pid: int) -> float:
    """The seconds of a processor that a process and its children have used."""
    ticks = 0
    for one in _with_children(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # in the program, and in the kernel for it
    return ticks / os.sysconf("SC_CLK_TCK")


def _with_children(pid: int) -> list[str]:
    return [str(pid), *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def at_once(number: int, ask: Callable[[int], httpx.Response]) -> list[tuple[int, float]]:
    """The status and the seconds of so many requests at the same time; 0 for no answer."""

    def timed(i: int) -> tuple[int, float]:
        started = time.perf_counter()
        try:
            status = ask(i).status_code
        except httpx.HTTPError:
            status = 0
        return status, time.perf_counter() - started

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(timed, range(number)))


def answers(results: list[tuple[int, float]]) -> str:
    """What was answered how often, and how long the slowest took."""
    counts = Counter(status for status, _ in results)
    said = ", ".join(f"{count} × {status}" for status, count in sorted(counts.items()))
    return f"{said}; slowest {max(seconds for _, seconds in results):.1f} s"


def until_closed(ws: ClientConnection, pause: float = 0, patience: float = 40) -> str:
    """How long a socket, of which a frame is read every so many seconds, stays open from now on."""
    started = time.perf_counter()
    while (seconds := time.perf_counter() - started) < patience:
        try:
            ws.recv(timeout=patience - seconds)
        except TimeoutError:
            break
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else "no code"
            return f"closed after {time.perf_counter() - started:.1f} s ({code})"
        time.sleep(pause)
    return f"still open after {patience:.0f} s"
