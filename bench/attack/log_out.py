"""For how many seconds tokens and sockets outlive their log-in. They have fifteen."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
from websockets.sync.client import ClientConnection

from bench.attack.site import API, MESSAGES, Person, Site, until_closed
from bench.attack.sockets import SYNC, SYNCS

GRACE = 11  # seconds after which a refresh token that was used comes from a thief
BEAT = 16  # seconds, in which each socket has had a heartbeat
PATIENCE = 40  # seconds


def after_log_out(site: Site, me: Person) -> str:
    """Go on with the access token and two sockets that were opened just before the log-out."""
    with site.person() as partner:
        path = f"chat/{site.room(me, partner)}/"
        with site.socket(me, path) as chat, site.socket(me, "inbox/") as inbox:
            _log_out(me)
            return _what_lives_on(me, chat=chat, inbox=inbox)


def after_a_theft(site: Site, me: Person) -> str:
    """The same when the log-in ends because its refresh token was used twice."""
    renewal = {"refresh": me.refresh}
    native = {"X-Client": "native"}
    me.post("auth/token/refresh/", renewal, headers=native).raise_for_status()
    time.sleep(GRACE)
    with site.socket(me, "inbox/") as inbox:
        me.post("auth/token/refresh/", renewal, headers=native)
        return _what_lives_on(me, inbox=inbox)


def log_out_of_a_slow_reader(site: Site, me: Person) -> str:
    """Log out while a socket is being sent far more than its client reads; the partner watches."""
    with site.person() as partner:
        path = f"chat/{site.room(me, partner, MESSAGES)}/"
        slow = site.socket(me, path, max_queue=1, close_timeout=1, ping_interval=None)
        with slow, site.socket(partner, path) as partners, ThreadPoolExecutor() as pool:
            for _ in range(SYNCS):
                slow.send(SYNC)
            reading = pool.submit(until_closed, slow, 0.1, BEAT + PATIENCE)
            time.sleep(BEAT)
            _log_out(me)
            gone = _seconds_until_away(partners)
            return f"away for the partner after {gone}; the reader saw it {reading.result()}"


def _log_out(me: Person) -> None:
    me.post("auth/logout/", {"refresh": me.refresh}).raise_for_status()


def _what_lives_on(me: Person, **sockets: ClientConnection) -> str:
    with ThreadPoolExecutor() as pool:
        closing = {name: pool.submit(until_closed, ws) for name, ws in sockets.items()}
        lives = [f"access token {_until_refused(me)}"]
        return "; ".join(lives + [f"{name} {end.result()}" for name, end in closing.items()])


def _until_refused(me: Person) -> str:
    started = time.perf_counter()
    headers = {"Authorization": f"Bearer {me.access}"}
    while (seconds := time.perf_counter() - started) < PATIENCE:
        if httpx.get(f"{me.base}{API}users/me/", headers=headers, timeout=30).status_code == 401:
            return f"refused after {seconds:.1f} s"
        time.sleep(0.1)
    return f"taken for {PATIENCE} s"


def _seconds_until_away(partners: ClientConnection) -> str:
    """When a socket of the room is told that the other one has gone."""
    started = time.perf_counter()
    while (seconds := time.perf_counter() - started) < PATIENCE:
        with suppress(TimeoutError):
            frame = json.loads(partners.recv(timeout=PATIENCE - seconds))
            if frame["type"] == "presence" and not frame["online"]:
                return f"{time.perf_counter() - started:.1f} s"
    return f"more than {PATIENCE} s"


ATTACKS: list[Callable[[Site, Person], str]] = [
    *(after_log_out, after_a_theft, log_out_of_a_slow_reader)
]
