"""The embedded mode's cron."""

import logging
from datetime import UTC, datetime

import pytest

from sidepro.management.commands.run_cronjobs import is_due, run

MONDAY_0730 = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "schedule",
    [
        "* * * * *",
        "30 7 * * *",
        "*/15 * * * *",
        "0,30 7-9 * * 1-5",
        "30 7 23 11 *",
        "10-50/20 * * * *",
    ],
)
def test_schedule_that_names_the_minute_is_due(schedule: str) -> None:
    assert is_due(schedule, MONDAY_0730)


@pytest.mark.parametrize(
    "schedule",
    ["31 * * * *", "*/7 * * * *", "* 8-9 * * *", "* * * * 0", "* * 24 * *", "* * * 12 *"],
)
def test_schedule_of_another_time_is_not_due(schedule: str) -> None:
    assert not is_due(schedule, MONDAY_0730)


@pytest.mark.django_db
def test_failing_job_is_logged_and_does_not_end_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        run("sidepro.no_such_module.job")
    assert "sidepro.no_such_module.job failed" in caplog.text
