"""Clients of sockets that do not read, or ask for much and go at once."""

import json
import socket
import struct
import time
from collections.abc import Callable
from contextlib import ExitStack

from websockets.exceptions import ConnectionClosed

from bench.attack.site import MESSAGES, Person, Site, until_closed

SYNC = json.dumps({"type": "sync", "after": 0})
SYNCS = 58  # a burst just below the limit of frames
LEASE = 50  # seconds after which what was not renewed has run out
RESET = struct.pack("ii", 1, 0)  # of a socket's lingering: what is unsent is thrown away


def reader_who_does_not_read(site: Site, me: Person) -> str:
    """Ask for a room of 600 long messages every 70 ms for 20 s, and read nothing."""
    return _readers(site, me, 1, 0.07)


def fifty_who_do_not_read(site: Site, me: Person) -> str:
    """The same from 50 sockets, each second."""
    return _readers(site, me, 50, 1)


def _readers(site: Site, me: Person, number: int, pause: float) -> str:
    sent = closed = 0
    with ExitStack() as stack:
        partner = stack.enter_context(site.person())
        members = [me, partner]
        path = f"chat/{site.room(me, partner, MESSAGES)}/"
        while len(members) < number / 20:  # each may have twenty sockets
            members.append(stack.enter_context(site.person()))
        rooms = {id(me): path, id(partner): path}
        for other in members[2:]:
            rooms[id(other)] = f"chat/{site.room(other, me, MESSAGES)}/"
        # a window of one page: what the server sends stays with the server
        open_sockets = [
            site.socket(one, rooms[id(one)], max_queue=1, close_timeout=1, ping_interval=None)
            for one in (members[n % len(members)] for n in range(number))
        ]
        until = time.monotonic() + 20
        while open_sockets and time.monotonic() < until:
            for ws in open_sockets.copy():
                try:
                    ws.send(SYNC)
                    sent += 1
                except (ConnectionClosed, TimeoutError):
                    closed += 1
                    open_sockets.remove(ws)
            time.sleep(pause)
        for ws in open_sockets:
            ws.socket.shutdown(socket.SHUT_RDWR)
    return f"{sent} frames taken, {closed} of {number} closed; {site.heartbeat()}"


def syncs_and_away(site: Site, me: Person) -> str:
    """Ask 58 times for a room of 600 long messages and go at once; see how the others fare."""
    with site.person() as partner, site.person() as owner, site.person() as friend:
        path = f"chat/{site.room(me, partner, MESSAGES)}/"
        other_room = site.room(owner, friend)
        with site.socket(owner, f"chat/{other_room}/") as other:
            for farewell in (_shut, _reset, _vanish):
                ws = site.socket(me, path, close_timeout=1, ping_interval=None)
                for _ in range(SYNCS):
                    ws.send(SYNC)
                farewell(ws.socket)
            time.sleep(LEASE)
            rooms = friend.get("rooms/").json()["results"]
            status = next(room["status"] for room in rooms if room["id"] == other_room)
            ready = site.heartbeat()
            owner.post("auth/logout/", {"refresh": owner.refresh})
            closing = until_closed(other)
    return f"another room {status} after {LEASE} s; logged out, its socket {closing}; {ready}"


def _shut(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    connection.shutdown(socket.SHUT_RD)
    connection.close()


def _vanish(_connection: socket.socket) -> None:
    """Read nothing more and say nothing."""


ATTACKS: list[Callable[[Site, Person], str]] = [
    *(reader_who_does_not_read, fifty_who_do_not_read, syncs_and_away)
]
