"""The clock is set back an hour under all services at once, while they run.

Containers share the machine's clock: `clock.c` stands in between here. Seconds that a program
measures (the monotonic clock) go on, as they do on a machine.
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial

from deploy.tests.containers import (
    CLOCK,
    ENGINE,
    Person,
    containers,
    down,
    run,
    settings,
    until,
    up,
)
from deploy.tests.drills import observe

OFFSET = CLOCK / "offset"
HOUR = timedelta(hours=1)
WINDOW = 60  # seconds of the limit on searches
LIMITED = 429


def set_back(people: tuple[Person, Person], room: str) -> None:
    """People stay signed in, messages stay in order, limits end, jobs go on."""
    OFFSET.write_bytes(bytes(8))
    settings(CLOCK="/clock/clock.so")
    down()
    up()
    people[1].log_in()
    answers, messages = observe(
        "the clock set back an hour", people, room, partial(_an_hour_back, people[1])
    )
    assert not answers.failed, answers.failed[:3]
    times = [datetime.fromisoformat(message["created_at"]) for message in messages]
    assert times[-1] < times[0], "the servers' clocks were not set back"


def _an_hour_back(person: Person) -> None:
    until("a generation", 200, _generation)
    while _search(person) != LIMITED:
        time.sleep(0.1)
    before = _generation()
    with OFFSET.open("r+b") as file:  # which they have mapped
        file.write(round(-HOUR.total_seconds()).to_bytes(8, sys.byteorder, signed=True))
    until("the clock is another one", 10, lambda: _hours_ago(_now()) == 1)
    person.get("users/me/").raise_for_status()
    person.refresh()
    person.refresh()
    profile = {"skills": ["Redis", "Go"]}
    person.patch("users/me/", json={"profile": profile}).raise_for_status()
    Person("late", ["Python"]).get("users/me/").raise_for_status()
    until("a search is answered again", 2 * WINDOW + 10, lambda: _search(person) == 200)
    until("a new generation", 150, lambda: _generation() not in {"", before})
    written = datetime.strptime(_generation()[:16], "g%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    assert _hours_ago(written) == 1, f"{_generation()} was not written by the new time"


def _hours_ago(time: datetime) -> int:
    return round((datetime.now(UTC) - time) / HOUR)


def _now() -> datetime:
    """What programs in the database's container take for the time."""
    text = run(ENGINE, "exec", containers("db")[0], "date", "+%s")
    return datetime.fromtimestamp(int(text), UTC)


def _generation() -> str:
    command = "cat /app/var/similarity/CURRENT 2>/dev/null || :"
    name = containers("cron")[0]
    return run(ENGINE, "exec", "--user", "sidepro", name, "sh", "-c", command).strip()


def _search(person: Person) -> int:
    """The status, unless Nginx limited the address before the person was."""
    answer = person.get("projects/", params={"search": "x"})
    return answer.status_code if "RateLimit" in answer.headers else 0
