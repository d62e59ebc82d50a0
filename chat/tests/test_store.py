"""Storing a group of messages: each once, no matter who sends again, and when."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from chat import services
from chat.models import Message
from chat.realtime.store import ReadOnlyError, Stored, store
from chat.tests.factories import make_room, new_message


@pytest.fixture
def room(owner, partner):
    return make_room(owner, partner, 0)


def test_no_messages_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert store([]) == []


@pytest.mark.django_db(transaction=True)
def test_a_group_costs_the_same_for_one_message_and_for_twenty(
    room, owner, django_assert_num_queries
):
    # On SQLite: begin, lock, what is there already, insert, move the head, commit.
    queries = 1 if connection.vendor == "postgresql" else 6
    for size in (1, 20):
        group = [new_message(room, owner) for _ in range(size)]
        with django_assert_num_queries(queries):
            store(group)


# A statement that fails would end the transaction of a test that has one.
@pytest.mark.django_db(transaction=True)
def test_one_message_twice_in_a_group_is_stored_once(room, owner):
    message = new_message(room, owner)
    first, again = store([message, message])
    assert (first.message.seq, first.fresh, again.message.seq, again.fresh) == (1, True, 1, False)
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_group_with_a_message_sent_before_stores_the_others_without_a_gap(room, owner):
    before = new_message(room, owner, "before")
    store([before])
    new = [new_message(room, owner, body) for body in ("a", "b")]
    answers = store([new[0], before, new[1]])
    assert [(answer.message.seq, answer.fresh) for answer in answers] == [
        (2, True),
        (1, False),
        (3, True),
    ]


def test_sending_again_after_the_partner_left_gets_the_first_answer(room, owner, partner):
    sent = new_message(room, owner, "before")
    store([sent])
    services.leave(room.pk, partner.pk)
    again, new = store([sent, new_message(room, owner, "after")])
    assert (again.message.seq, again.fresh) == (1, False)
    assert isinstance(new, ReadOnlyError)


def test_each_room_counts_for_itself_and_only_its_two_may_write(room, owner, partner, stranger):
    other = make_room(owner, stranger, 1)
    sent = [
        new_message(room, owner, "a"),
        new_message(other, stranger, "b"),
        new_message(other, partner, "c"),
        new_message(room, partner, "d"),
        new_message(other, owner, "e"),
    ]
    answers = store(sent)
    assert isinstance(answers.pop(2), ReadOnlyError)
    stored = [answer for answer in answers if isinstance(answer, Stored)]
    assert [(one.message.body, one.message.seq) for one in stored] == [
        ("a", 1),
        ("b", 2),
        ("d", 2),
        ("e", 3),
    ]
    assert {one.members for one in stored} == {room.members, other.members}
    assert [message.body for message in other.messages.order_by("seq")][1:] == ["b", "e"]
    for one in (room, other):
        one.refresh_from_db()
    assert (room.last_seq, other.last_seq) == (2, 3)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_processes_that_write_to_the_same_rooms_leave_no_gap(owner, partner, stranger):
    rooms = [make_room(owner, other) for other in (partner, stranger)]

    def send(number: int) -> None:
        try:
            for _ in range(10):
                # in either order: the locks are taken in that of the rooms
                answers = store([new_message(room, owner) for room in rooms[:: (-1) ** number]])
                assert all(isinstance(answer, Stored) for answer in answers)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(send, range(4)))
    for room in rooms:
        room.refresh_from_db()
        assert room.last_seq == 40
        assert list(room.messages.order_by("seq").values_list("seq", flat=True)) == list(
            range(1, 41)
        )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_message_by_many_processes_at_once_is_stored_once(room, owner):
    sent = new_message(room, owner)
    start = Barrier(8)

    def send(_: int) -> Stored | ReadOnlyError:
        # each process reads the frame for itself
        message = Message(room_id=room.pk, sender=owner, client_id=sent.client_id, body=sent.body)
        try:
            start.wait(10)
            return store([message])[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))
    assert [answer.message.seq for answer in answers if isinstance(answer, Stored)] == [1] * 8
    assert Message.objects.count() == 1
