"""Attacks of one client on servers of their own: `python -m bench.attack [--root DIRECTORY]`.

Needs PostgreSQL and Redis (its database and number are emptied: BENCH_REDIS_URL). Starts Gunicorn
with two workers, or Daphne, again for each attack, with the limits of production, and prints what
the attack cost: seconds, the largest process, and what was answered. `--root` attacks another
working copy, to compare with how things were.
"""

import argparse
import io
import json
import os
import socket
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
from PIL import Image
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from bench.servers import DATABASE_SERVER, ROOT, SETTINGS, daphne, gunicorn

DATABASE = "sidepro_bench_attack"
REDIS_URL = os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/15")
ENVIRONMENT = {"DATABASE_URL": f"{DATABASE_SERVER}/{DATABASE}", "REDIS_URL": REDIS_URL}
PASSWORD = "correct-horse-battery"  # noqa: S105 - of accounts that live for a minute
API = "/api/v1/"


@dataclass
class Attacker:
    """A client with an account, on a server that has just started."""

    http: httpx.Client
    base: str
    name: str

    def post(self, path: str, body: Any) -> httpx.Response:
        """Ask the API as this person."""
        return self.http.post(f"{self.base}{API}{path}", json=body)


def memory_of(pid: int) -> int:
    """The most memory (MB) that a process, or one of its children, has had since it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    peaks = []
    for one in [str(pid), *children]:
        status = Path(f"/proc/{one}/status").read_text()
        peaks.append(int(status.split("VmHWM:")[1].split()[0]) // 1024)
    return max(peaks)


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


# --- The attacks ------------------------------------------------------------------------------


def many_skills(me: Attacker) -> str:
    """Ask for projects with all of 129 skills."""
    skills = me.http.get(f"{me.base}{API}skills/").json()
    for number in range(4):
        me.post("projects/", {"title": f"{number}", "skills": [s["name"] for s in skills[:10]]})
    names = ",".join(skill["name"] for skill in skills[:129])
    query = {"skills": names[:1000].rpartition(",")[0], "skills_match": "all"}
    return answers(at_once(1, lambda _: me.http.get(f"{me.base}{API}projects/", params=query)))


def registrations(me: Attacker) -> str:
    """Make 16 accounts at once."""

    def register(number: int) -> httpx.Response:
        name = f"crowd{number}"
        body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        return me.post("auth/register/", body)

    return answers(at_once(16, register))


def guesses(me: Attacker) -> str:
    """Guess the password 60 times by deleting the account, eight at a time."""

    def guess(_: int) -> httpx.Response:
        return me.http.request(
            "DELETE", f"{me.base}{API}users/me/", json={"password": "a wrong one"}
        )

    results = [result for _ in range(8) for result in at_once(8, guess)]
    return answers(results)


def pictures(me: Attacker) -> str:
    """Upload six PNGs of 39 megapixels, 150 KB each, at once."""
    return _upload(me, Image.new("RGBA", (6240, 6240), (9, 9, 9, 128)), "PNG")


def pictures_at_the_limit(me: Attacker) -> str:
    """Upload six PNGs of 20 megapixels at once."""
    return _upload(me, Image.new("RGBA", (4472, 4472), (9, 9, 9, 128)), "PNG")


def webp_at_the_limit(me: Attacker) -> str:
    """Upload six WebPs of 9 megapixels at once."""
    return _upload(me, Image.new("RGBA", (3000, 3000), (9, 9, 9, 128)), "WEBP")


def progressive_jpegs(me: Attacker) -> str:
    """Upload six progressive CMYK JPEGs of 20 megapixels at once."""
    picture = Image.new("CMYK", (4472, 4472), (9, 9, 9, 9))
    return _upload(me, picture, "JPEG", progressive=True, subsampling=0)


def animations(me: Attacker) -> str:
    """Upload six GIFs of 150 frames of a megapixel at once."""
    frames = [Image.new("P", (1000, 1000), number) for number in range(150)]
    return _upload(me, frames[0], "GIF", save_all=True, append_images=frames[1:])


def _upload(me: Attacker, picture: Image.Image, form: str, **options: Any) -> str:
    out = io.BytesIO()
    picture.save(out, form, **options)

    def send(_: int) -> httpx.Response:
        file = {"image": ("x", out.getvalue(), "image/png")}
        return me.http.post(f"{me.base}{API}images/", files=file, data={"kind": "project"})

    return f"{len(out.getvalue()) // 1024} KB each: {answers(at_once(6, send))}"


def long_lists(me: Attacker) -> str:
    """Publish a project with 95,000 skills."""
    body = {"title": "x", "skills": ["Django"] * 95_000}
    started = time.perf_counter()
    response = me.post("projects/", body)
    seconds = time.perf_counter() - started
    return f"{response.status_code}, {len(response.content):,} bytes, {seconds:.2f} s"


def echoes(me: Attacker) -> str:
    """Send a megabyte where a choice is expected."""
    response = me.http.patch(
        f"{me.base}{API}users/me/", json={"profile": {"region": "x" * 1_000_000}}
    )
    return f"{response.status_code}, {len(response.content):,} bytes"


def after_log_out(me: Attacker) -> str:
    """Use the access token after the log-out."""
    login = {"email": f"{me.name}@example.com", "password": PASSWORD}
    pair = me.http.post(
        f"{me.base}{API}auth/token/", json=login, headers={"X-Client": "native"}
    ).json()
    me.post("auth/logout/", {"refresh": pair["refresh"]})
    headers = {"Authorization": f"Bearer {pair['access']}"}
    return str(httpx.get(f"{me.base}{API}users/me/", headers=headers).status_code)


HTTP: list[Callable[[Attacker], str]] = [
    *(many_skills, registrations, guesses, pictures, pictures_at_the_limit, webp_at_the_limit),
    *(progressive_jpegs, animations, long_lists, echoes, after_log_out),
]


def reader_who_does_not_read(address: str, room: str, token: str) -> str:
    """Ask for a room of 600 long messages every 70 ms for 20 s, and read nothing."""
    protocols: Any = ["sidepro.chat.v1", f"bearer.{token}"]
    sent = 0
    # a window of one page: what the server sends stays with the server
    with connect(
        f"{address}/ws/chat/{room}/", subprotocols=protocols, max_queue=1, compression=None
    ) as ws:
        until = time.monotonic() + 20
        try:
            while time.monotonic() < until:
                ws.send(json.dumps({"type": "sync", "after": 0}))
                sent += 1
                time.sleep(0.07)
        except ConnectionClosed as closed:
            return f"closed with {closed.rcvd and closed.rcvd.code} after {sent} frames"
        except TimeoutError:
            return f"stuck after {sent} frames"
    return f"{sent} frames taken"


def syncs_and_away(address: str, room: str, token: str) -> str:
    """Ask 58 times for a room of 600 long messages, leave at once, and see who is still served."""
    protocols: Any = ["sidepro.chat.v1", f"bearer.{token}"]
    url = f"{address}/ws/chat/{room}/"
    with connect(url, subprotocols=protocols, compression=None) as ws:
        for _ in range(58):
            ws.send(json.dumps({"type": "sync", "after": 0}))
        ws.socket.shutdown(socket.SHUT_RDWR)
    time.sleep(30)  # a heartbeat and more
    with connect(url, subprotocols=protocols) as ws:
        ws.send(json.dumps({"type": "ping"}))
        while json.loads(ws.recv(timeout=10))["type"] != "pong":
            pass
    ready = httpx.get(f"{address.replace('ws', 'http', 1)}/readyz").json()
    return f"another socket is answered; the heartbeat is {ready['heartbeat']}"


SOCKETS = [reader_who_does_not_read, syncs_and_away]


# --- Servers and data -------------------------------------------------------------------------


def prepare(root: Path) -> None:
    """An empty database with the working copy's tables, and an empty Redis."""
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


@contextmanager
def attacker(base: str) -> Iterator[Attacker]:
    """A new account, logged in, on a server with no memory of earlier attacks."""
    redis.Redis.from_url(REDIS_URL).flushdb()
    name = f"a{uuid.uuid4().hex[:12]}"
    with httpx.Client(timeout=90) as http:
        me = Attacker(http, base, name)
        body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        me.post("auth/register/", body).raise_for_status()
        login = {"email": body["email"], "password": PASSWORD}
        access = me.post("auth/token/", login).raise_for_status().json()["access"]
        http.headers["Authorization"] = f"Bearer {access}"
        yield me


def full_room(base: str) -> tuple[str, str]:
    """A room with 600 messages of 4,000 letters, and the token of one of its members."""
    with attacker(base) as partner, attacker(base) as me:
        room = me.post("rooms/", {"partner": partner.name, "message": "커피 한잔해요"}).json()["id"]
        partner.post(f"rooms/{room}/accept/", {})
        token = me.http.headers["Authorization"].removeprefix("Bearer ")
        person = me.http.get(f"{base}{API}users/me/").json()["id"]
    with psycopg2.connect(ENVIRONMENT["DATABASE_URL"]) as database, database.cursor() as cursor:
        cursor.execute("SELECT last_seq FROM chat_room WHERE id = %s", [room])
        (last,) = cursor.fetchone() or (0,)
        cursor.execute(
            "INSERT INTO chat_message (room_id, seq, sender_id, client_id, body, created_at)"
            " SELECT %s, n, %s, gen_random_uuid(), repeat('가', 4000), now()"
            " FROM generate_series(%s, 600) n",
            [room, person, last + 1],
        )
        cursor.execute("UPDATE chat_room SET last_seq = 600 WHERE id = %s", [room])
    return room, token


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("attacks", nargs="*", help="names; all by default")
    options = parser.parse_args()
    prepare(options.root)
    print(f"{'attack':28}{'seconds':>8}{'MB':>6}  answers", flush=True)

    def row(name: str, started: float, megabytes: int, said: str) -> None:
        print(f"{name:28}{time.perf_counter() - started:8.1f}{megabytes:6}  {said}", flush=True)

    for attack in HTTP:
        if options.attacks and attack.__name__ not in options.attacks:
            continue
        with gunicorn(ENVIRONMENT, options.root) as (base, process), attacker(base) as me:
            started = time.perf_counter()
            said = attack(me)
            row(attack.__name__, started, memory_of(process.pid), said)
    for ask in SOCKETS:
        if options.attacks and ask.__name__ not in options.attacks:
            continue
        with gunicorn(ENVIRONMENT, options.root) as (base, _):
            room, token = full_room(base)
        with daphne("sidepro.asgi:application", ENVIRONMENT, options.root) as (address, process):
            started = time.perf_counter()
            said = ask(address, room, token)
            row(ask.__name__, started, memory_of(process.pid), said)


if __name__ == "__main__":
    main()
