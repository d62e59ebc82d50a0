"""Mails and pushes while the job is killed at random points: none is taken twice, none is lost.

A real mail server and a real push service take, are slow, and say "later"; jobs are processes of
their own that get SIGKILL. `make chaos SEEDS=50 APPS=notification` for the long run.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from notification.constants import Kind
from notification.mail.send import send_due
from notification.models import Delivery, PushDelivery, Subscription
from notification.push.send import send_due as send_due_pushes
from notification.services import notify
from notification.tests import pushserver
from notification.tests.mailserver import Rules, mail_server
from notification.tests.pushserver import push_service, subscribed
from user.models import User
from user.tests.factories import UserFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

FIRST = int(os.environ.get("CHAOS_FIRST", "0")) + 1
END = FIRST + int(os.environ.get("CHAOS_SEEDS", "5"))
PEOPLE = 25


def job(work: Callable[[], object]) -> int:
    """Start a job as a process of its own."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        os._exit(0)


def make_due() -> None:
    """Let time pass: all that waits is due, and what a dead job had claimed is free."""
    past = timezone.now() - timedelta(minutes=1)
    for model in (Delivery, PushDelivery):
        model.objects.waiting().update(due_at=past)
        model.objects.filter(claimed_until__isnull=False).update(claimed_until=past)


def tell(people: list[User]) -> None:
    actor = UserFactory.create()
    for number, person in enumerate(people):
        notify(
            Kind.COMMENT,
            [person.pk],
            actor=actor,
            target=f"project:{number}",
            source=f"comment:{number}",
        )
    make_due()


def killed(work: Callable[[], object], chance: random.Random) -> None:
    """Start the job again and again, and kill it at a random point."""
    for _ in range(4):
        pid = job(work)
        time.sleep(chance.uniform(0.02, 0.35))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        make_due()
    time.sleep(0.1)  # the server goes on with what it has


# One in the ordinary tests, the others with `-m chaos`.
seeds = pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.chaos) for seed in range(FIRST, END))]
)


@seeds
def test_a_job_that_is_killed_sends_nothing_twice_and_loses_nothing(
    seed: int, settings: Settings
) -> None:
    chance = random.Random(seed)
    rules = Rules(seed)
    rules.busy, rules.slow = 0.2, 0.02
    people = UserFactory.create_batch(PEOPLE)
    gone = UserFactory.create(email="gone@example.com")
    tell([*people, gone])
    with mail_server(settings, rules):
        killed(send_due, chance)
        rules.busy = 0.0
        send_due()
    assert rules.times() == {person.email: 1 for person in people}
    failed = Delivery.objects.filter(status=Delivery.Status.FAILED)
    assert [delivery.recipient for delivery in failed] == [gone]
    assert not Delivery.objects.filter(status="waiting").exists()


@seeds
def test_a_job_that_is_killed_pushes_nothing_twice_and_loses_nothing(
    seed: int, settings: Settings
) -> None:
    chance = random.Random(seed)
    rules = pushserver.Rules(seed=seed, busy=0.2, slow=0.02)
    people = UserFactory.create_batch(PEOPLE)
    for person in people:
        subscribed(person)
    gone = subscribed(UserFactory.create(), "https://push.example.com/gone")
    with push_service(settings, rules):
        tell([*people, gone.user])
        killed(send_due_pushes, chance)
        rules.busy = 0.0
        send_due_pushes()
    times = rules.times()
    assert set(times.values()) == {1}
    # a refusal that the job was killed before it heard: as with a take, it is not sent again
    unheard = PushDelivery.objects.filter(status="handed_over")
    lost = {row.recipient.username for row in unheard} - set(times)
    assert lost <= {path.removeprefix("/") for path in rules.refused}
    assert set(times) | lost == {person.username for person in people}
    assert not Subscription.objects.filter(pk=gone.pk).exists()
    assert not PushDelivery.objects.waiting().exists()


def test_two_jobs_at_once_push_once(settings: Settings) -> None:
    rules = pushserver.Rules(slow=0.01)
    people = UserFactory.create_batch(PEOPLE)
    for person in people:
        subscribed(person)
    with push_service(settings, rules):
        tell(people)
        pids = [job(send_due_pushes) for _ in range(3)]
        for pid in pids:
            os.waitpid(pid, 0)
    assert rules.times() == {person.username: 1 for person in people}


def test_two_jobs_at_once_send_once(settings: Settings) -> None:
    rules = Rules()
    rules.slow = 0.01
    people = UserFactory.create_batch(PEOPLE)
    tell(people)
    with mail_server(settings, rules):
        pids = [job(send_due) for _ in range(3)]
        for pid in pids:
            os.waitpid(pid, 0)
    assert rules.times() == {person.email: 1 for person in people}
