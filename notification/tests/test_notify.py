"""`notify` and `withdraw`: who is notified, once, and what waits to be sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from moderation.services import block
from notification.constants import Channel, Kind
from notification.models import Delivery, Event, Notification, Settings
from notification.services import mark_read, notify, withdraw
from notification.signals import notified
from user.models import User
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def comment(recipient: User, actor: User, number: int = 1, **changes: Any) -> None:
    """Tell of a comment on project 7."""
    fields = {
        "actor": actor,
        "target": "project:7",
        "source": f"comment:{number}",
        "title": "부엉이 시계",
    }
    notify(Kind.COMMENT, [recipient.pk], **{**fields, **changes})


def rows(reader: User) -> list[Any]:
    return list(Notification.objects.for_list(reader).order_by("-updated_at", "-id"))


def test_what_happens_to_one_project_stands_in_one_row_while_it_is_unread(
    owner: User, partner: User, stranger: User
) -> None:
    comment(owner, partner, 1)
    comment(owner, stranger, 2)
    comment(owner, partner, 3, target="project:8")
    first, second = rows(owner)
    assert (first.target, first.count) == ("project:8", 1)
    assert (second.target, second.count, second.actor_username) == ("project:7", 2, "stranger")


def test_after_it_was_read_the_next_makes_a_new_row(owner: User, partner: User) -> None:
    comment(owner, partner, 1)
    mark_read(owner, None)
    comment(owner, partner, 2)
    assert [(row.read_at is None, row.count) for row in rows(owner)] == [(True, 1), (False, 1)]


def test_nobody_hears_of_one_source_twice_by_whatever_kind(owner: User, partner: User) -> None:
    notify(Kind.MENTION, [owner.pk], actor=partner, target="project:7", source="comment:1")
    comment(owner, partner, 1)
    mark_read(owner, None)
    comment(owner, partner, 1)
    (row,) = rows(owner)
    assert (row.kind, row.count) == (Kind.MENTION, 1)


def test_a_changed_text_is_renewed_without_telling_again(owner: User, partner: User) -> None:
    comment(owner, partner, text="처음")
    mark_read(owner, None)
    comment(owner, partner, text="고침")
    assert Event.objects.get().text == "고침"
    assert len(rows(owner)) == 1


def test_never_about_oneself_never_for_the_suspended(owner: User, partner: User) -> None:
    comment(owner, owner)
    User.objects.filter(pk=partner.pk).update(is_active=False)
    comment(partner, owner)
    assert not Notification.objects.exists()


@pytest.mark.parametrize("blocker_is_recipient", [True, False])
def test_never_across_a_block(owner: User, partner: User, blocker_is_recipient: bool) -> None:
    comment(owner, partner, 1)
    block(*((owner, partner) if blocker_is_recipient else (partner, owner)))
    comment(owner, partner, 2)
    assert rows(owner) == []
    assert Notification.objects.unread_count(owner) == 0
    assert Event.objects.count() == 1


def test_a_suspended_actors_part_of_a_row_is_not_shown(
    owner: User, partner: User, stranger: User
) -> None:
    comment(owner, partner, 1)
    comment(owner, stranger, 2)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    (row,) = rows(owner)
    assert (row.count, row.actor_username) == (1, "partner")


def test_a_deleted_account_leaves_the_row_without_a_name(owner: User, partner: User) -> None:
    comment(owner, partner)
    partner.delete()
    (row,) = rows(owner)
    assert (row.count, row.actor_username) == (1, None)


def test_bookmarks_of_a_project_make_one_row_a_day_also_when_it_was_read(
    owner: User, partner: User, stranger: User
) -> None:
    for number, actor in enumerate([partner, stranger]):
        notify(
            Kind.BOOKMARK, [owner.pk], actor=actor, target="project:7", source=f"bookmark:{number}"
        )
        mark_read(owner, None)
    (row,) = rows(owner)
    assert row.count == 2
    assert row.read_at is not None


def test_chat_messages_are_sent_but_never_listed(owner: User, partner: User) -> None:
    notify(Kind.CHAT_MESSAGE, [owner.pk], actor=partner, target="room:1", source="room:1:4")
    assert rows(owner) == []
    delivery = Delivery.objects.get()
    assert delivery.due_at == delivery.created_at


def test_one_mail_waits_however_much_happens(owner: User, partner: User) -> None:
    for number in range(5):
        comment(owner, partner, number)
    assert Delivery.objects.count() == 1


def test_a_row_that_was_mailed_is_not_mailed_again_for_four_hours(
    owner: User, partner: User
) -> None:
    comment(owner, partner, 1)
    sent = timezone.now()
    Delivery.objects.update(status=Delivery.Status.SENT, done_at=sent)
    comment(owner, partner, 2)
    assert Delivery.objects.get(status="waiting").due_at == sent + timedelta(hours=4)


def test_reading_cancels_the_mail(owner: User, partner: User) -> None:
    comment(owner, partner)
    mark_read(owner, None)
    assert Delivery.objects.get().status == Delivery.Status.CANCELLED


def test_switched_off_kinds_are_neither_listed_nor_mailed(owner: User, partner: User) -> None:
    settings = Settings(user=owner)
    settings.switch(Kind.COMMENT, Channel.SITE, on=False)
    settings.switch(Kind.COMMENT, Channel.MAIL, on=False)
    settings.save()
    comment(owner, partner)
    notify(Kind.REPLY, [owner.pk], actor=partner, target="project:7", source="comment:2")
    assert [row.kind for row in rows(owner)] == [Kind.REPLY]
    assert [delivery.kind for delivery in Delivery.objects.all()] == [Kind.REPLY]


def test_a_deleted_comment_takes_its_part_along(owner: User, partner: User) -> None:
    comment(owner, partner, 1)
    comment(owner, partner, 2)
    withdraw(source="comment:2")
    assert [row.count for row in rows(owner)] == [1]
    withdraw(source="comment:1")
    assert rows(owner) == []
    assert not Delivery.objects.exists()


def test_a_hidden_project_takes_everything_along_but_the_word_about_it(
    owner: User, partner: User
) -> None:
    comment(owner, partner)
    notify(Kind.MODERATION, [owner.pk], actor=None, target="project:7", source="hidden:7")
    withdraw(target="project:7")
    assert [row.kind for row in rows(owner)] == [Kind.MODERATION]


def test_pages_are_told_after_the_commit_and_not_when_it_fails(
    owner: User,
    partner: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[list[int]] = []

    def hear(sender: Any, user_ids: list[int], **_: Any) -> None:
        heard.append(user_ids)

    notified.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            comment(owner, partner, 1)
            assert heard == []
        assert heard == [[owner.pk]]
        with transaction.atomic():
            comment(owner, partner, 2)
            transaction.set_rollback(True)
        assert heard == [[owner.pk]]
        assert [row.count for row in rows(owner)] == [1]
    finally:
        notified.disconnect(hear)


@pytest.mark.parametrize("number", [1, 20])
def test_costs_the_same_for_one_and_for_twenty(
    partner: User, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [person.pk for person in UserFactory.create_batch(number)]
    with django_assert_num_queries(8):
        notify(Kind.NEW_PROJECT, people, actor=partner, target="project:7", source="project:7")
    assert Notification.objects.count() == number
