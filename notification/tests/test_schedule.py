"""When mails are due, in the recipient's own day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from notification.schedule import next_digest, zone_named

SEOUL = ZoneInfo("Asia/Seoul")


def at(text: str, zone: ZoneInfo = SEOUL) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "digest", "due"),
    [
        ("2026-11-27T08:59", "daily", "2026-11-27T09:00"),
        ("2026-11-27T09:00", "daily", "2026-11-28T09:00"),
        ("2026-11-27T10:00", "weekly", "2026-11-30T09:00"),
        ("2026-11-30T08:00", "weekly", "2026-11-30T09:00"),
    ],
)
def test_digests_come_at_nine(now: str, digest: str, due: str) -> None:
    assert next_digest(at(now), digest, SEOUL) == at(due)


def test_nine_is_nine_also_after_the_clocks_changed() -> None:
    berlin = ZoneInfo("Europe/Berlin")  # summer time ends on 25 October 2026
    due = next_digest(at("2026-10-24T12:00", berlin), "daily", berlin)
    assert (due.hour, due.day, due.utcoffset()) == (9, 25, ZoneInfo("Etc/GMT-1").utcoffset(due))


def test_an_unknown_zone_is_the_sites() -> None:
    assert zone_named("Mars/Olympus") == SEOUL
