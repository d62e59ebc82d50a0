"""A nickname that was given up leads to its person for 90 days, and is kept for them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from project.models import Comment
from project.tests.factories import CommentFactory, ProjectFactory
from user.accounts import note_new_username, remove_expired_usernames
from user.constants import MAX_FORMER_USERNAMES
from user.models import FormerUsername, User
from user.tests.factories import PASSWORD, UserFactory

ME = "/api/v1/users/me/"
REGISTER = "/api/v1/auth/register/"


def rename(client, user, username):
    return client(user).patch(ME, {"username": username})


def after_90_days():
    FormerUsername.objects.update(until=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def renamed(as_user, owner):
    """`owner`, who is called `밤부엉이` by now."""
    assert rename(as_user, owner, "밤부엉이").status_code == 200
    owner.refresh_from_db()
    return owner


def codes(response):
    return {error["attr"]: error["code"] for error in response.json()["errors"]}


class TestTheFormerName:
    def test_leads_to_the_person_for_90_days_in_any_case(self, api, renamed):
        kept = FormerUsername.objects.get().until - timezone.now()
        assert timedelta(days=89, hours=23) < kept <= timedelta(days=90)
        assert api.get("/api/v1/users/OWNER/").json()["username"] == "밤부엉이"
        after_90_days()
        assert api.get("/api/v1/users/owner/").status_code == 404

    def test_leads_on_from_each_of_several_names(self, api, as_user, renamed):
        rename(as_user, renamed, "새벽부엉이")
        for name in ("owner", "밤부엉이", "새벽부엉이"):
            assert api.get(f"/api/v1/users/{name}/").json()["username"] == "새벽부엉이"

    def test_costs_no_more_queries_than_the_present_one(self, api, renamed):
        def cost(name):
            with CaptureQueriesContext(connection) as queries:
                assert api.get(f"/api/v1/users/{name}/").status_code == 200
            return len(queries)

        assert cost("owner") == cost("밤부엉이") == 2

    def test_does_not_tell_of_somebody_suspended(self, api, renamed):
        User.objects.filter(pk=renamed.pk).update(is_active=False)
        assert api.get("/api/v1/users/owner/").status_code == 404

    def test_is_good_for_whatever_names_a_person(self, api, as_user, renamed, partner):
        project = ProjectFactory(author=renamed)
        client = as_user(partner)
        for path in ("follow", "block"):
            assert client.put(f"/api/v1/users/owner/{path}/").status_code == 200
        assert client.get("/api/v1/users/owner/block/").json() == {"blocked": True}
        assert client.delete("/api/v1/users/owner/block/").json() == {"blocked": False}
        report = {"kind": "user", "id": "owner", "reason": "spam"}
        assert client.post("/api/v1/reports/", report).status_code == 201
        asked = client.post("/api/v1/rooms/", {"partner": "owner"})
        assert asked.json()["partner"]["username"] == "밤부엉이"
        client.put(f"/api/v1/projects/{project.pk}/bookmark/")
        for query in ("author=owner", "author=밤부엉이", "bookmarked_by=partner"):
            results = api.get(f"/api/v1/projects/?{query}").json()["results"]
            assert [row["id"] for row in results] == [project.pk]

    def test_mentions_the_person_once_by_the_present_name(self, as_user, renamed, partner):
        comments = f"/api/v1/projects/{ProjectFactory().pk}/comments/"
        answer = as_user(partner).post(comments, {"body": "@owner 님, @밤부엉이 님"})
        link = '<a class="mention" href="/users/%EB%B0%A4%EB%B6%80%EC%97%89%EC%9D%B4"'
        assert answer.json()["body_html"].count(link) == 2
        kinds = renamed.notifications.values_list("kind", flat=True)
        assert list(kinds) == ["mention"]

    def test_mentions_nobody_who_is_suspended(self, as_user, renamed, partner):
        User.objects.filter(pk=renamed.pk).update(is_active=False)
        comment = CommentFactory(author=partner)
        as_user(partner).patch(f"/api/v1/comments/{comment.pk}/", {"body": "@owner"})
        assert "<a" not in Comment.objects.get().body_html


class TestTheNameIsKept:
    def test_from_everybody_else(self, api, as_user, renamed, partner):
        new = {"email": "night@owl.kr", "username": "OWNER", "password": PASSWORD}
        assert codes(api.post(REGISTER, new)) == {"username": "unique"}
        assert codes(rename(as_user, partner, "Owner")) == {"username": "unique"}
        free = api.get("/api/v1/auth/availability/?username=owner").json()
        assert free == {"available": False}

    def test_also_in_the_admin(self, client, admin, renamed, partner):
        client.force_login(admin)
        new = {
            "email": "night@owl.kr",
            "username": "Owner",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
        page = client.post("/admin/user/user/add/", new)
        assert list(page.context["adminform"].errors) == ["username"]
        assert client.post("/admin/user/user/add/", new | {"username": "free"}).status_code == 302

    def test_for_90_days(self, api, as_user, renamed, partner):
        after_90_days()
        assert api.get("/api/v1/auth/availability/?username=owner").json() == {"available": True}
        assert rename(as_user, partner, "Owner").status_code == 200
        # which is the first to give it up again
        assert rename(as_user, partner, "partner2").status_code == 200
        assert api.get("/api/v1/users/owner/").json()["username"] == "partner2"

    def test_for_its_person_who_may_take_it_again(self, api, as_user, renamed):
        assert rename(as_user, renamed, "Owner").status_code == 200
        assert [row.username for row in FormerUsername.objects.all()] == ["밤부엉이"]
        assert api.get("/api/v1/users/밤부엉이/").json()["username"] == "Owner"

    def test_not_when_only_its_case_changed(self, as_user, owner):
        assert rename(as_user, owner, "OWNER").status_code == 200
        assert not FormerUsername.objects.exists()

    def test_not_longer_than_the_account(self, api, renamed):
        renamed.delete()
        assert api.get("/api/v1/auth/availability/?username=owner").json() == {"available": True}

    def test_so_that_nobody_collects_names_by_giving_them_up(self, as_user, owner):
        for number in range(MAX_FORMER_USERNAMES):
            assert rename(as_user, owner, f"owl{number}").status_code == 200
            owner.refresh_from_db()
        assert codes(rename(as_user, owner, "more")) == {"username": "too_many_renames"}
        assert rename(as_user, owner, "owl3").status_code == 200
        owner.refresh_from_db()
        after_90_days()
        assert rename(as_user, owner, "more").status_code == 200


def test_the_admin_renames_as_the_person_does(client, admin, api, owner):
    client.force_login(admin)
    form = {
        "email": owner.email,
        "username": "밤부엉이",
        "profile-TOTAL_FORMS": 1,
        "profile-INITIAL_FORMS": 1,
        "profile-0-user": owner.pk,
    }
    assert client.post(f"/admin/user/user/{owner.pk}/change/", form).status_code == 302
    assert api.get("/api/v1/users/owner/").json()["username"] == "밤부엉이"


@pytest.mark.django_db
def test_what_leads_nowhere_any_more_is_removed():
    for number in range(3):
        note_new_username(UserFactory(username=f"new{number}"), f"old{number}")
    FormerUsername.objects.exclude(username="old1").update(until=timezone.now())
    assert remove_expired_usernames() == 2
    assert [row.username for row in FormerUsername.objects.all()] == ["old1"]
