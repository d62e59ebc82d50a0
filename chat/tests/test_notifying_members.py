"""Whom coffee chats notify outside of the chat: requests, answers, and what stays unread."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat.models import Message, Room
from chat.notifying import notify_unread
from chat.realtime import presence
from chat.services import accept, ask, leave
from notification.constants import Kind
from notification.models import Delivery, Notification
from user.models import User

pytestmark = pytest.mark.django_db


def notified(reader: User) -> list[str]:
    rows: Any = Notification.objects.for_list(reader).order_by("id")
    return [row.kind for row in rows]


@pytest.fixture
def room(owner: User, partner: User) -> Room:
    made, _ = ask(owner, partner, message="커피 한잔해요")
    accept(made.pk, partner)
    Notification.objects.all().delete()
    return made


def say(room: Room, sender: User, age: timedelta) -> None:
    at = timezone.now() - age
    room.refresh_from_db()
    seq = room.last_seq + 1
    Message.objects.create(
        room=room, seq=seq, sender=sender, client_id=uuid.uuid4(), body="있나요?", created_at=at
    )
    Room.objects.filter(pk=room.pk).update(last_seq=seq, updated_at=at)


def read_all(room: Room) -> None:
    room.refresh_from_db()
    Room.objects.filter(pk=room.pk).update(low_read_seq=room.last_seq, high_read_seq=room.last_seq)


def test_a_request_reaches_the_one_asked_and_its_answer_the_asker(
    owner: User, partner: User
) -> None:
    made, _ = ask(owner, partner, message="커피 한잔해요")
    assert (notified(partner), notified(owner)) == ([Kind.CHAT_REQUEST], [])
    accept(made.pk, partner)
    assert notified(owner) == [Kind.CHAT_ACCEPTED]


@pytest.mark.parametrize("by_the_asker", [True, False])
def test_a_request_that_is_over_is_no_longer_told(
    owner: User, partner: User, by_the_asker: bool
) -> None:
    made, _ = ask(owner, partner)
    leave(made.pk, owner.pk if by_the_asker else partner.pk)
    assert notified(partner) == []
    assert notified(owner) == []


def test_messages_unread_for_half_an_hour_are_mailed_once(
    room: Room, owner: User, partner: User
) -> None:
    read_all(room)
    say(room, owner, timedelta(minutes=29))
    notify_unread()
    assert not Delivery.objects.exists()
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    for _ in range(3):
        notify_unread()
    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.kind) == (partner, Kind.CHAT_MESSAGE)
    assert notified(partner) == []


def test_nobody_who_is_here_has_read_it_or_said_it_is_mailed(
    room: Room, owner: User, partner: User
) -> None:
    read_all(room)
    say(room, owner, timedelta(hours=1))
    socket = uuid.uuid4()
    presence.take(socket, partner.pk, None)
    notify_unread()
    presence.release(socket)
    read_all(room)
    notify_unread()
    assert not Delivery.objects.exists()


def test_a_room_is_mailed_at_most_once_in_four_hours(
    room: Room, owner: User, partner: User
) -> None:
    read_all(room)
    say(room, owner, timedelta(hours=1))
    notify_unread()
    sent = timezone.now()
    Delivery.objects.update(status=Delivery.Status.SENT, done_at=sent)
    read_all(room)
    say(room, owner, timedelta(hours=1))
    notify_unread()
    assert Delivery.objects.get(status="waiting").due_at == sent + timedelta(hours=4)
