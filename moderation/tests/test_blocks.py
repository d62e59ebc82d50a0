"""Two people whom a block parts."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from moderation import services, signals
from moderation.models import Block
from user.models import User
from user.tests.factories import UserFactory


@pytest.fixture
def heard(monkeypatch):
    """What the signals said, as (name, blocker, blocked)."""
    said = []

    def note(name):
        def receiver(sender, blocker, blocked, **_):
            assert transaction.get_connection().in_atomic_block
            said.append((name, blocker.username, blocked.username))

        return receiver

    receivers = {"blocked": note("blocked"), "unblocked": note("unblocked")}
    for name, receiver in receivers.items():
        getattr(signals, name).connect(receiver)
    yield said
    for name, receiver in receivers.items():
        getattr(signals, name).disconnect(receiver)


def test_a_block_holds_both_ways_and_concerns_nobody_else(owner, partner, stranger):
    services.block(owner, partner)
    assert Block.objects.between(owner.pk, partner.pk)
    assert Block.objects.between(partner.pk, owner.pk)
    assert not Block.objects.between(owner.pk, stranger.pk)
    assert not Block.objects.between(partner.pk, stranger.pk)


def test_higher_floors_hear_of_a_change_once(owner, partner, heard):
    for _ in range(2):
        services.block(owner, partner)
    for _ in range(2):
        services.unblock(owner, partner)
    assert heard == [("blocked", "owner", "partner"), ("unblocked", "owner", "partner")]


def test_two_people_may_block_each_other_and_each_takes_back_their_own(owner, partner):
    services.block(owner, partner)
    services.block(partner, owner)
    services.unblock(owner, partner)
    assert Block.objects.between(owner.pk, partner.pk)
    services.unblock(partner, owner)
    assert not Block.objects.between(owner.pk, partner.pk)


def test_the_blocked_one_cannot_take_it_back(owner, partner):
    services.block(owner, partner)
    services.unblock(partner, owner)
    assert Block.objects.between(owner.pk, partner.pk)


def test_the_database_refuses_a_second_block_and_oneself(owner, partner):
    services.block(owner, partner)
    for blocked in (partner, owner):
        with pytest.raises(IntegrityError), transaction.atomic():
            Block.objects.create(blocker=owner, blocked=blocked)


def test_subqueries_know_whom_a_block_parts(owner, partner, stranger, django_assert_num_queries):
    one, other = UserFactory.create_batch(2)
    services.block(owner, one)
    services.block(other, owner)
    services.block(partner, stranger)
    with django_assert_num_queries(1):
        apart = set(User.objects.filter(pk__in=Block.objects.apart_from(owner)))
    assert apart == {one, other}
    with django_assert_num_queries(1):
        blocked = set(User.objects.filter(pk__in=Block.objects.blocked_by(owner)))
    assert blocked == {one}


def test_a_guest_is_apart_from_nobody(owner, partner, django_assert_num_queries):
    services.block(owner, partner)
    for ids in (
        Block.objects.apart_from(AnonymousUser()),
        Block.objects.blocked_by(AnonymousUser()),
    ):
        assert User.objects.exclude(pk__in=ids).count() == 2
