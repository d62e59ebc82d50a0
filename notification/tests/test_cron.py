"""The jobs: telling followers and removing what is old."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notification import cron
from notification.constants import Kind
from notification.links import marking, path_of
from notification.models import Announcement, Follow, Notification
from notification.services import announce_project, notify
from user.models import Skill, User
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_followers_of_the_author_and_of_a_skill_are_told_once(owner: User, partner: User) -> None:
    skill = Skill.objects.get(name="Django")
    Follow.objects.create(follower=partner, person=owner)
    Follow.objects.create(follower=partner, skill=skill)
    Follow.objects.create(follower=owner, skill=skill)
    announce_project(owner, "project:7", "부엉이 시계", [skill.pk])
    cron.announce_projects()
    cron.announce_projects()
    (row,) = Notification.objects.for_list(partner)
    assert (row.kind, row.title, row.source) == (Kind.NEW_PROJECT, "부엉이 시계", "project:7")  # type: ignore[attr-defined]
    assert Notification.objects.count() == 1
    assert not Announcement.objects.exists()


def test_a_job_that_died_goes_on_where_it_was(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cron, "FOLLOWERS_AT_ONCE", 2)
    followers = UserFactory.create_batch(5)
    for follower in followers:
        Follow.objects.create(follower=follower, person=owner)
    announce_project(owner, "project:7", "부엉이 시계", [])
    cron._announce_batch()
    assert Notification.objects.count() == 2
    cron.announce_projects()
    notified = Notification.objects.values_list("recipient", flat=True)
    assert sorted(notified) == [follower.pk for follower in followers]


def test_projects_of_a_day_stand_in_one_row(owner: User, partner: User) -> None:
    Follow.objects.create(follower=partner, person=owner)
    for number in (7, 8):
        announce_project(owner, f"project:{number}", f"프로젝트 {number}", [])
    cron.announce_projects()
    (row,) = Notification.objects.for_list(partner)
    assert (row.count, row.title) == (2, "프로젝트 8")  # type: ignore[attr-defined]
    path = path_of(row.kind, row.target, row.source, row.count)  # type: ignore[attr-defined]
    assert marking(path, 5) == "/projects?following=1&n=5"


def test_old_notifications_go_after_90_days(owner: User, partner: User) -> None:
    for number, age in enumerate([89, 91]):
        notify(
            Kind.COMMENT,
            [owner.pk],
            actor=partner,
            target=f"project:{number}",
            source=f"comment:{number}",
        )
        Notification.objects.filter(target=f"project:{number}").update(
            updated_at=timezone.now() - timedelta(days=age)
        )
    assert cron.remove_old() == 1
    assert Notification.objects.get().target == "project:0"
