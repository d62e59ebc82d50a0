"""Coffee chats in the admin: found, never written, and anyone who reads one is recorded."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from chat.models import Message
from chat.tests.factories import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, admin):
    """The admin's browser, logged in."""
    client.force_login(admin)
    return client


def changes(admin):
    return list(LogEntry.objects.filter(user=admin).values_list("object_id", "change_message"))


def test_messages_are_found_by_what_they_say_and_the_search_is_recorded(
    desk, admin, owner, partner
):
    make_room(owner, partner, messages=3)
    page = desk.get(reverse("admin:chat_message_changelist"), {"q": '"메시지 2"'})
    assert page.context["cl"].result_count == 1
    assert changes(admin) == [(None, '메시지 검색: "메시지 2"')]


def test_the_list_of_messages_shows_who_and_when_but_not_what(desk, admin, owner, partner):
    make_room(owner, partner, messages=2)
    page = desk.get(reverse("admin:chat_message_changelist"))
    assert page.status_code == 200
    assert "메시지 1" not in page.text
    assert changes(admin) == []


def test_reading_a_private_message_is_recorded(desk, admin, owner, partner):
    make_room(owner, partner, messages=1)
    message = Message.objects.get()
    page = desk.get(reverse("admin:chat_message_change", args=[message.pk]))
    assert "메시지 1" in page.text
    assert changes(admin) == [(str(message.pk), "메시지를 읽음")]


def test_nobody_writes_in_other_peoples_conversations(desk, owner, partner):
    room = make_room(owner, partner, messages=1)
    message = Message.objects.get()
    for name, key in (("room", room.pk), ("message", message.pk)):
        assert desk.get(reverse(f"admin:chat_{name}_add")).status_code == 403
        assert desk.post(reverse(f"admin:chat_{name}_change", args=[key]), {}).status_code == 403
    message.refresh_from_db()
    assert message.body == "메시지 1"


def test_rooms_are_found_by_either_person_at_a_fixed_number_of_queries(
    desk, owner, partner, stranger, django_assert_max_num_queries
):
    make_room(owner, partner)
    make_room(partner, stranger)
    address = reverse("admin:chat_room_changelist")
    with django_assert_max_num_queries(8):
        page = desk.get(address, {"q": stranger.username})
    assert page.context["cl"].result_count == 1
    assert desk.get(address, {"q": partner.username}).context["cl"].result_count == 2
