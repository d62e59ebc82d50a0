"""Notifications, settings and follows over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from moderation.services import block
from notification.constants import Kind
from notification.models import Follow, Notification
from notification.models import Settings as NotificationSettings
from notification.services import notify
from user.models import Skill, User
from user.skills.services import merge_skills
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

AsUser = Callable[[User], APIClient]
URL = "/api/v1/notifications/"


def tell(recipient: User, actor: User, number: int) -> None:
    notify(
        Kind.COMMENT,
        [recipient.pk],
        actor=actor,
        target=f"project:{number}",
        source=f"comment:{number}",
        title=f"프로젝트 {number}",
    )


def test_the_list_says_who_did_what_and_where(owner: User, partner: User, as_user: AsUser) -> None:
    tell(owner, partner, 7)
    (row,) = as_user(owner).get(URL).data["results"]
    assert row["kind"] == "comment"
    assert row["title"] == "프로젝트 7"
    assert row["url"] == "/projects/7#comment-7"
    assert row["actor"] == {"username": "partner", "image": None}
    assert (row["count"], row["read_at"]) == (1, None)


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same(
    owner: User,
    partner: User,
    as_user: AsUser,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for project in range(number):
        tell(owner, partner, project)
    client = as_user(owner)
    with django_assert_num_queries(2):  # the caller and the rows
        assert len(client.get(URL).data["results"]) == number


def test_pages_follow_each_other(owner: User, partner: User, as_user: AsUser) -> None:
    for project in range(5):
        tell(owner, partner, project)
    client, url, titles = as_user(owner), f"{URL}?page_size=2", []
    while url:
        page = client.get(url).data
        titles += [row["title"] for row in page["results"]]
        url = page["next"]
    assert titles == [f"프로젝트 {number}" for number in (4, 3, 2, 1, 0)]


def test_read_marks_are_the_callers_own(
    owner: User, partner: User, stranger: User, as_user: AsUser
) -> None:
    tell(owner, partner, 1)
    tell(owner, partner, 2)
    pk = Notification.objects.first().pk  # type: ignore[union-attr]
    assert as_user(stranger).post(f"{URL}read/", {"ids": [pk]}).data == {"unread": 0}
    client = as_user(owner)
    assert client.get(f"{URL}unread/").data == {"unread": 2}
    assert client.post(f"{URL}read/", {"ids": [pk, 999]}).data == {"unread": 1}
    assert [row["title"] for row in client.get(f"{URL}?unread=1").data["results"]] == ["프로젝트 1"]
    assert client.post(f"{URL}read/", {"all": True}).data == {"unread": 0}
    assert client.post(f"{URL}read/", {"all": True}).data == {"unread": 0}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": [1], "all": True},
        {"all": False},
        {"ids": "1"},
        {"ids": [2**70]},
        {"ids": [0]},
        {"ids": list(range(1, 102))},
        [1],
    ],
)
def test_bad_read_marks_are_refused(owner: User, as_user: AsUser, body: Any) -> None:
    assert as_user(owner).post(f"{URL}read/", body).status_code == 400


@pytest.mark.parametrize("path", ["", "unread/", "settings/"])
def test_guests_have_none(api: APIClient, path: str) -> None:
    assert api.get(URL + path).status_code == 401


def test_settings_are_by_default_until_changed(owner: User, as_user: AsUser) -> None:
    client = as_user(owner)
    before = client.get(f"{URL}settings/").data
    assert before["kinds"]["comment"] == {"site": True, "mail": True, "push": True}
    assert before["kinds"]["bookmark"] == {"site": True, "mail": False, "push": False}
    assert not NotificationSettings.objects.exists()
    change = {
        "digest": "weekly",
        "kinds": {"comment": {"mail": False}, "bookmark": {"mail": True}},
    }
    after = client.patch(f"{URL}settings/", change).data
    assert after == client.get(f"{URL}settings/").data
    assert after["kinds"]["comment"] == {"site": True, "mail": False, "push": True}
    assert after["kinds"]["bookmark"]["mail"] is True
    assert (after["digest"], after["mail"]) == ("weekly", True)


@pytest.mark.parametrize(
    "body",
    [
        {"digest": "hourly"},
        {"digest": None},
        {"kinds": {"comment": {"mail": "maybe"}}},
        {"kinds": {"comment": True}},
        {"kinds": []},
        {"mail": None},
    ],
)
def test_bad_settings_change_nothing(owner: User, as_user: AsUser, body: Any) -> None:
    assert as_user(owner).patch(f"{URL}settings/", body).status_code == 400
    assert not NotificationSettings.objects.exists()


def test_following_a_person_and_a_skill(owner: User, partner: User, as_user: AsUser) -> None:
    client = as_user(owner)
    for path in ("users/PARTNER/follow/", "skills/cpp/follow/"):
        assert client.get(f"/api/v1/{path}").data == {"following": False}
        for _ in range(2):
            assert client.put(f"/api/v1/{path}").data == {"following": True}
        assert client.get(f"/api/v1/{path}").data == {"following": True}
    skill, person = client.get("/api/v1/follows/").data["results"]
    assert skill["skill"]["name"] == "C++"
    assert person["person"]["username"] == "partner"
    for path in ("users/partner/follow/", "skills/cpp/follow/"):
        for _ in range(2):
            assert client.delete(f"/api/v1/{path}").data == {"following": False}
    assert not Follow.objects.exists()


def test_nobody_follows_themselves_or_what_is_not_there(
    owner: User, partner: User, as_user: AsUser
) -> None:
    User.objects.filter(pk=partner.pk).update(is_active=False)
    client = as_user(owner)
    assert client.put("/api/v1/users/owner/follow/").status_code == 400
    for path in ("users/partner/follow/", "users/nobody/follow/", "skills/nothing/follow/"):
        assert client.put(f"/api/v1/{path}").status_code == 404
    assert not Follow.objects.exists()


def test_following_asks_for_a_confirmed_address(
    owner: User, partner: User, as_user: AsUser, settings: Settings
) -> None:
    settings.EMAIL_VERIFICATION = "required"
    answer = as_user(owner).put("/api/v1/users/partner/follow/")
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (403, "email_unverified")


def test_a_blocked_person_cannot_tell_by_following(
    owner: User, partner: User, as_user: AsUser
) -> None:
    block(partner, owner)
    client = as_user(owner)
    assert client.put("/api/v1/users/partner/follow/").data == {"following": True}
    assert len(client.get("/api/v1/follows/").data["results"]) == 1


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_of_follows_costs_the_same(
    owner: User, as_user: AsUser, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for person in UserFactory.create_batch(number):
        Follow.objects.create(follower=owner, person=person)
    client = as_user(owner)
    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/follows/").data["results"]) == number


def test_every_skill_has_an_address() -> None:
    slugs = dict(
        Skill.objects.filter(name__in=["C", "C++", "C#", ".NET", "Node.js"]).values_list(
            "name", "slug"
        )
    )
    assert slugs == {"C": "c", "C++": "cpp", "C#": "csharp", ".NET": "dotnet", "Node.js": "nodejs"}
    assert Skill.objects.create(name="Cpp 2").slug == "cpp-2"
    assert Skill.objects.create(name="한글 기술").slug == "한글-기술"


def test_who_follows_either_of_two_skills_that_became_one_follows_that_one_once(
    owner: User, partner: User
) -> None:
    keeper, double = Skill.objects.get(name="React"), Skill.objects.create(name="리앸트")
    Follow.objects.create(follower=owner, skill=double)
    for skill in (keeper, double):
        Follow.objects.create(follower=partner, skill=skill)
    merge_skills(keeper, double)
    assert set(Follow.objects.values_list("follower", "skill")) == {
        (owner.pk, keeper.pk),
        (partner.pk, keeper.pk),
    }
