"""Storing a batch of messages: each once, whoever sends again, and when."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from chat import services
from chat.models import Message
from chat.services import NewMessage, ReadOnlyError, Stored
from chat.tests.factories import make_room


@pytest.fixture
def room(owner, partner):
    return make_room(owner, partner, 0)


def test_no_messages_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert services.store([]) == []


def test_a_batch_costs_the_same_for_one_message_and_for_twenty(
    room, owner, django_assert_num_queries
):
    for size in (1, 20):
        batch = [NewMessage(room.pk, owner.pk, uuid.uuid4(), "x") for _ in range(size)]
        with django_assert_num_queries(5):  # begin, lock, insert, move the head, commit
            services.store(batch)


def test_one_message_twice_in_a_batch_is_stored_once(room, owner):
    message = NewMessage(room.pk, owner.pk, uuid.uuid4(), "x")
    first, again = services.store([message, message])
    assert (first.seq, first.fresh, again.seq, again.fresh) == (1, True, 1, False)
    assert Message.objects.count() == 1


def test_a_batch_with_a_message_sent_before_stores_the_others_without_a_gap(room, owner):
    before = NewMessage(room.pk, owner.pk, uuid.uuid4(), "before")
    services.store([before])
    new = [NewMessage(room.pk, owner.pk, uuid.uuid4(), body) for body in ("a", "b")]
    answers = services.store([new[0], before, new[1]])
    assert [(answer.seq, answer.fresh) for answer in answers] == [(2, True), (1, False), (3, True)]


def test_sending_again_after_the_partner_left_gets_the_first_answer(room, owner, partner):
    sent = NewMessage(room.pk, owner.pk, uuid.uuid4(), "before")
    services.store([sent])
    services.leave(room.pk, partner.pk)
    again, new = services.store([sent, NewMessage(room.pk, owner.pk, uuid.uuid4(), "after")])
    assert (again.seq, again.fresh) == (1, False)
    assert isinstance(new, ReadOnlyError)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_message_by_many_processes_at_once_is_stored_once(room, owner):
    message = NewMessage(room.pk, owner.pk, uuid.uuid4(), "x")
    start = Barrier(8)

    def send(_: int) -> Stored | ReadOnlyError:
        try:
            start.wait(10)
            return services.store([message])[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))
    assert [answer.seq for answer in answers if isinstance(answer, Stored)] == [1] * 8
    assert Message.objects.count() == 1
