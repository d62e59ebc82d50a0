"""The coffee chat under load: `python -m bench.chat [--rooms 20] [--seconds 5] [--rounds 3]`.

Needs PostgreSQL and Redis. Two Daphne processes serve the product, two others a socket that only
relays through the same layer; the two of each room sit at different processes. Each address is
asked in turn, several rounds, so that what else happens on the machine meets both alike.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
from websockets.asyncio.client import ClientConnection, connect

from bench.servers import daphne, fresh_database

ROOT = Path(__file__).resolve().parent.parent
WINDOW = 8  # messages of one person that are under way at once
STEADY = 100  # messages a second at which latency is compared


@dataclass(frozen=True)
class Seat:
    """One of the two of a room: where to connect, and with what token."""

    room: str
    token: str


@dataclass
class Result:
    """What was delivered: a latency in seconds for each message that the partner received."""

    seconds: float
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return statistics.quantiles(self.latencies, n=100)[percent - 1] * 1000


class Talker:
    """One person: sends, and notes when the partner's messages arrive."""

    def __init__(self, socket: ClientConnection, result: Result) -> None:
        self.socket, self.result = socket, result
        self.pending: set[str] = set()
        self.talking = True
        self.began = time.perf_counter()

    async def send(self) -> None:
        """Say what time it is."""
        client_id = str(uuid.uuid4())
        self.pending.add(client_id)
        body = repr(time.perf_counter())
        frame = {"type": "message.send", "client_id": client_id, "body": body}
        await self.socket.send(json.dumps(frame))

    async def listen(self, *, answer: bool) -> None:
        """Receive; keep `WINDOW` messages under way when asked to answer."""
        async for text in self.socket:
            frame = json.loads(text)
            if frame["type"] == "error":
                raise RuntimeError(f"The server refused: {frame}")
            if frame["type"] not in {"message.new", "message.send"}:
                continue
            if frame["client_id"] in self.pending:
                self.pending.discard(frame["client_id"])
                if answer and self.talking:
                    await self.send()
            elif self.talking and float(frame["body"]) > self.began:  # not of the round before
                self.result.latencies.append(time.perf_counter() - float(frame["body"]))


async def sit(address: str, seat: Seat) -> ClientConnection:
    """Open a socket in a room."""
    protocols: list[Any] = ["sidepro.chat.v1", f"bearer.{seat.token}"]
    url = f"{address}/ws/chat/{seat.room}/"
    return await connect(url, subprotocols=protocols, max_queue=None, compression=None)


async def talk(
    addresses: list[str], seats: list[Seat], seconds: float, rate: float | None
) -> Result:
    """Everybody talks for so long: as fast as it goes, or so many messages a second in all."""
    result = Result(seconds)
    async with asyncio.TaskGroup() as tasks:
        talkers: list[Talker] = []
        for number, seat in enumerate(seats):
            socket = await sit(addresses[number % len(addresses)], seat)
            talkers.append(Talker(socket, result))
        await asyncio.sleep(3)  # the last round's sockets have gone, and the new ones are live
        listeners = [tasks.create_task(t.listen(answer=rate is None)) for t in talkers]
        if rate is None:
            for talker in talkers:
                for _ in range(WINDOW):
                    await talker.send()
            await asyncio.sleep(seconds)
        else:
            started, count = time.perf_counter(), int(seconds * rate)
            for number in range(count):
                await asyncio.sleep(max(0, started + number / rate - time.perf_counter()))
                await talkers[number * 7 % len(talkers)].send()
            await asyncio.sleep(0.5)
        for talker in talkers:
            talker.talking = False
        await asyncio.gather(*(talker.socket.close() for talker in talkers))
        for listener in listeners:
            listener.cancel()
    return result


def make_rooms(rooms: int) -> list[Seat]:
    """Rooms in the database, the two seats of each one after the other."""
    from chat.models import Room
    from user.login.sessions import start_session
    from user.models import User

    people = User.objects.bulk_create(
        User(email=f"{uuid.uuid4()}@bench.invalid", username=uuid.uuid4().hex[:20])
        for _ in range(2 * rooms)
    )
    seats = []
    for one, other in zip(people[::2], people[1::2], strict=True):
        room = str(Room.objects.create(low=one, high=other).pk)
        seats += [Seat(room, start_session(user).access) for user in (one, other)]
    return seats


def single_row_inserts(database_url: str, seconds: float) -> float:
    """Rows a second that one connection inserts and commits one by one."""
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS floor (id bigserial PRIMARY KEY, body text)")
        started, rows = time.perf_counter(), 0
        while time.perf_counter() - started < seconds:
            cursor.execute("INSERT INTO floor (body) VALUES ('안녕하세요')")
            rows += 1
        cursor.execute("DROP TABLE floor")
    return rows / seconds


def resident_kib(process: "subprocess.Popen[bytes]") -> int:
    """The memory of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


async def idle_cost(
    address: str, process: "subprocess.Popen[bytes]", seats: list[Seat], number: int
) -> float:
    """KiB of the server's memory for each of so many sockets that stay silent."""
    sockets = [await sit(address, seat) for seat in seats]  # what is loaded once
    await asyncio.sleep(2)
    before = resident_kib(process)
    sockets += [await sit(address, seats[n % len(seats)]) for n in range(number)]
    await asyncio.sleep(3)
    cost = (resident_kib(process) - before) / number
    await asyncio.gather(*(socket.close() for socket in sockets))
    return cost


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sockets", type=int, default=1000, help="idle ones to weigh")
    options = parser.parse_args()

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a file for each socket
    with fresh_database("sidepro_bench_chat") as database_url, ExitStack() as stack:
        environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/9"),
            "CHAT_FRAMES_PER_SECOND": "1000000",
            "CHAT_FRAMES_BURST": "1000000",
            "CHAT_SOCKETS_PER_USER": "100000",
        }
        product = [
            stack.enter_context(daphne("sidepro.asgi:application", environment)) for _ in range(2)
        ]
        relays = [
            stack.enter_context(daphne("bench.relay:application", environment)) for _ in range(2)
        ]
        seats = make_rooms(options.rooms)
        both = {
            "relay only (floor)": [address for address, _ in relays],
            "SidePro, durable": [address for address, _ in product],
        }
        rates: dict[str, list[float]] = {name: [] for name in both}
        busy: dict[str, list[Result]] = {name: [] for name in both}
        steady: dict[str, list[Result]] = {name: [] for name in both}
        for _ in range(options.rounds):
            for name, addresses in both.items():
                fast = asyncio.run(talk(addresses, seats, options.seconds, None))
                rates[name].append(fast.rate)
                busy[name].append(fast)
                steady[name].append(asyncio.run(talk(addresses, seats, options.seconds, STEADY)))
        inserts = single_row_inserts(database_url, options.seconds)
        idle = asyncio.run(idle_cost(*product[0], seats, options.sockets))

    print(f"\n{options.rooms} rooms, two Daphne processes, PostgreSQL and Redis")
    print(f"{'':22}{'messages/s':>12}{'p50 ms':>9}{'p99 ms':>9}", end="")
    print(f"{f'at {STEADY}/s: p50':>16}{'p99 ms':>9}")
    p99 = {}
    for name in both:
        columns = [statistics.median(r.percentile(p) for r in busy[name]) for p in (50, 99)]
        columns += [statistics.median(r.percentile(p) for r in steady[name]) for p in (50, 99)]
        p99[name] = columns[3]
        rate = statistics.median(rates[name])
        print(f"{name:22}{rate:12.0f}{columns[0]:9.1f}{columns[1]:9.1f}", end="")
        print(f"{columns[2]:16.1f}{columns[3]:9.1f}")
    floor, ours = (statistics.median(rates[name]) for name in both)
    print(f"{'one connection, single-row inserts':22}  {inserts:.0f} rows/s")
    print(f"\nDurable against relay only: {ours / floor:.2f} of the messages", end="")
    print(f", p99 at {STEADY}/s {p99['SidePro, durable'] / p99['relay only (floor)']:.1f} times")
    print(f"An idle socket: {idle:.0f} KiB of the server's memory")


if __name__ == "__main__":
    main()
