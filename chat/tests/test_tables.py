"""Every state of two people and every event: the site answers as design's tables (`tables`)."""

import pytest
from django.db import transaction

from chat.tests.tables import Event, Pair, stored
from chat.tests.test_requests import STATES, move_clock, pair  # noqa: F401

EVENTS = {"asks": "ask", "accepts": "accept", "deletes": "leave"}
EVENTS |= {"blocks": "block", "unblocks": "unblock"}
# More than one row of the table leads here.
MORE = {
    "asked blocks": ["asked blocks"],
    "waiting, asked blocks": ["asker asks", "asked blocks"],
    "waiting, asked blocks and unblocks": ["asker asks", "asked blocks", "asked unblocks"],
    "open, asked blocks": [*STATES["open"], "asked blocks"],
    "open, asker blocks": [*STATES["open"], "asker blocks"],
    "left by asked, who blocks": [*STATES["left by asked"], "asked blocks"],
    "left by asked, asker blocks": [*STATES["left by asked"], "asker blocks"],
    "declined, cooled down": [*STATES["declined"], "asker deletes", "after 30d"],
    "ran out, cooled down": [*STATES["expired"], "after 30d"],
    "ran out, removed": [*STATES["expired"], "asker deletes"],
    "both left, cooled down": [*STATES["both left"], "after 30d"],
    "declined, asked back": [*STATES["declined"], "asker deletes", "asked asks"],
    "declined, asked back, ran out": [
        *STATES["declined"],
        "asker deletes",
        "asked asks",
        "after 7d",
    ],
}


@pytest.mark.parametrize("state", [*STATES, *MORE])
def test_every_event_in_every_state(pair, state):  # noqa: F811
    for earlier in (STATES | MORE)[state]:
        pair.do(earlier)
    for who in pair.people:
        for event in EVENTS:
            check(pair, "request", who, event)
    for policy in ("open", "closed"):
        pair.do(f"asked {policy}")
        check(pair, policy, "asker", "asks")


def check(pair, policy, who, says):  # noqa: F811
    """One event, of which nothing stays."""
    names = {role: person.username for role, person in pair.people.items()}
    model = Pair({names["asked"]: policy, names["asker"]: "request"})
    before = stored(*pair.people.values())
    event = Event(names[who], EVENTS[says], 0.0, before.room.id if before.room else "")
    with transaction.atomic():
        answer = pair.do(f"{who} {says}")
        now = stored(*pair.people.values())
        seen = [sees(pair, role) for role in names]
        transaction.set_rollback(True)
    found = answer.status_code if answer else 200
    if says == "asks":
        found = event.answer = found, answer.json().get("id", "")
    assert (found, now) in list(model.outcomes(before, event, [])), f"{policy}: {who} {says}"
    assert seen == [listed(model, now, name) for name in names.values()], f"{who} {says}"


def sees(pair, role):  # noqa: F811
    """In which list a person finds the room, and why no one may write there."""
    found = pair.sees(role)
    return found and (found[0], found[2])


def listed(model, state, name):
    """The same by the tables."""
    for box in ("rooms", "requests"):
        answer, _ = getattr(model, box)(state, Event(name, box, 0.0))
        if answer:
            return box, answer[1]
    return None
