"""Signing up, the own account, and other people's profiles."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from project.tests.factories import CommentFactory, ProjectFactory
from user.models import Session, Skill, User
from user.tests.factories import PASSWORD, ImageFactory

NEW = {"email": "night@owl.kr", "username": "부엉이", "password": PASSWORD}


def errors(response):
    """{attr: code} of an error response."""
    return {error["attr"]: error["code"] for error in response.json()["errors"]}


@pytest.mark.django_db
class TestRegistration:
    def test_makes_an_account_with_an_empty_profile(self, api):
        response = api.post("/api/v1/auth/register/", NEW)
        assert response.status_code == 201
        user = User.objects.get(email="night@owl.kr")
        assert response.json() == {"id": user.pk, "email": "night@owl.kr", "username": "부엉이"}
        assert user.profile.description == ""

    @pytest.mark.parametrize(("asked", "kept"), [("en-GB", "en"), ("ko-KR", "ko"), ("fr", "ko")])
    def test_keeps_the_language_in_which_one_signs_up(self, api, asked, kept):
        assert api.post("/api/v1/auth/register/", NEW, headers={"Accept-Language": asked}).json()
        assert User.objects.get(username="부엉이").language == kept

    def test_keeps_which_terms_were_agreed_to_and_when(self, api):
        agreed = NEW | {"terms_version": "2026-11-27", "terms_agreed_at": "2001-01-01T00:00Z"}
        before = timezone.now()
        assert set(api.post("/api/v1/auth/register/", agreed).json()) == {"id", "email", "username"}
        user = User.objects.get()
        assert user.terms_version == date(2026, 11, 27)
        assert before <= user.terms_agreed_at <= timezone.now()

    def test_invents_no_agreement_where_a_client_did_not_ask_for_one(self, api):
        assert api.post("/api/v1/auth/register/", NEW).status_code == 201
        user = User.objects.get()
        assert (user.terms_version, user.terms_agreed_at) == (None, None)

    @pytest.mark.parametrize(
        ("change", "attr", "code"),
        [
            ({"email": "OWNER@Example.com"}, "email", "unique"),
            ({"username": "OWNER"}, "username", "unique"),
            ({"username": "Me"}, "username", "unique"),
            ({"email": "no-mail"}, "email", "invalid"),
            ({"username": "a"}, "username", "min_length"),
            ({"username": "a" * 21}, "username", "max_length"),
            ({"username": "<b>x</b>"}, "username", "invalid"),
            ({"username": "a\u200bb"}, "username", "invalid"),
            ({"username": "o\nx"}, "username", "invalid"),
            ({"username": "nul\x00"}, "username", "invalid"),
            ({"username": ["x"]}, "username", "invalid"),
            ({"password": "xk3#q"}, "password", "password_too_short"),
            ({"password": "password123"}, "password", "password_too_common"),
            ({"password": "928374659182"}, "password", "password_entirely_numeric"),
            ({"password": "night@owl.kr"}, "password", "password_too_similar"),
            ({"password": ""}, "password", "blank"),
            ({"terms_version": "yes"}, "terms_version", "invalid"),
        ],
    )
    def test_refuses_bad_input_at_the_field_and_makes_nothing(self, api, owner, change, attr, code):
        response = api.post("/api/v1/auth/register/", NEW | change)
        assert response.status_code == 400
        assert errors(response)[attr] == code
        assert User.objects.count() == 1

    def test_gives_no_rights_to_those_who_ask_for_them(self, api):
        wishes = {"is_staff": True, "is_superuser": True, "is_active": False, "id": 7}
        assert api.post("/api/v1/auth/register/", NEW | wishes).status_code == 201
        user = User.objects.get(username="부엉이")
        assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)

    def test_the_database_refuses_a_second_account_of_the_same_name_in_other_case(self, owner):
        for email, username in (("x@example.com", "OwNeR"), ("owner@example.com", "other")):
            with pytest.raises(IntegrityError), transaction.atomic():
                User.objects.create_user(email, username, PASSWORD)

    @pytest.mark.parametrize(
        ("query", "available"),
        [
            ("email=OWNER@example.com", False),
            ("email=free@example.com", True),
            ("username=Owner", False),
            ("username=자유", True),
            ("username=s1depro", False),
        ],
    )
    def test_availability_tells_what_is_taken_in_any_case(self, api, owner, query, available):
        response = api.get(f"/api/v1/auth/availability/?{query}")
        assert response.json() == {"available": available}

    @pytest.mark.parametrize(
        "query",
        ["", "email=x", "email=a@b.co&username=x", "username=%00", "username=a%20b", "username=a"],
    )
    def test_availability_refuses_unclear_questions(self, api, db, query):
        assert api.get(f"/api/v1/auth/availability/?{query}").status_code == 400


class TestMyAccount:
    def test_is_for_people_who_are_signed_in(self, api, db):
        for method in (api.get, api.patch, api.delete):
            assert method("/api/v1/users/me/").status_code == 401

    def test_shows_account_and_profile(self, as_user, owner):
        body = as_user(owner).get("/api/v1/users/me/").json()
        assert body["email"] == "owner@example.com"
        assert set(body["profile"]) == {
            "description",
            "image",
            "github_url",
            "skills",
            "meet_time",
            "region",
            "chat_policy",
            "discoverable",
        }
        assert body["email_verified"] is False
        assert (body["language"], body["time_zone"]) == ("ko", "Asia/Seoul")
        assert (body["profile"]["chat_policy"], body["profile"]["discoverable"]) == (
            "request",
            True,
        )

    def test_keeps_language_time_zone_and_who_may_ask(self, as_user, owner):
        change = {
            "language": "en",
            "time_zone": "Europe/Berlin",
            "profile": {"chat_policy": "closed", "discoverable": False},
        }
        assert as_user(owner).patch("/api/v1/users/me/", change).status_code == 200
        body = as_user(owner).get("/api/v1/users/me/").json()
        assert (body["language"], body["time_zone"]) == ("en", "Europe/Berlin")
        assert body["profile"]["chat_policy"] == "closed"
        assert body["profile"]["discoverable"] is False

    def test_nobody_confirms_their_address_by_asking_for_it(self, as_user, owner):
        wishes = {"email_verified": True, "email_verified_at": "2026-01-01", "email": "x@y.kr"}
        body = as_user(owner).patch("/api/v1/users/me/", wishes).json()
        assert (body["email_verified"], body["email"]) == (False, "owner@example.com")

    def test_changes_only_what_was_sent(self, as_user, owner):
        client = as_user(owner)
        profile = {"skills": ["django", "Redis"], "region": "seoul", "meet_time": "weekends"}
        body = client.patch("/api/v1/users/me/", {"profile": profile}).json()
        assert body["profile"]["skills"] == ["Django", "Redis"]
        body = client.patch("/api/v1/users/me/", {"profile": {"description": "안녕"}}).json()
        assert body["profile"]["skills"] == ["Django", "Redis"]
        assert body["profile"]["region"] == "seoul"

    def test_the_new_nickname_finds_the_projects(self, api, as_user, owner):
        project = ProjectFactory(author=owner)
        as_user(owner).patch("/api/v1/users/me/", {"username": "밤부엉이"})
        found = api.get("/api/v1/projects/?search=밤부엉이").json()["results"]
        assert [card["id"] for card in found] == [project.pk]

    def test_the_nickname_may_change_its_case(self, as_user, owner):
        response = as_user(owner).patch("/api/v1/users/me/", {"username": "OWNER"})
        assert response.json()["username"] == "OWNER"

    @pytest.mark.parametrize(
        ("change", "attr", "code"),
        [
            ({"username": "Stranger"}, "username", "unique"),
            ({"profile": {"skills": ["NoSuchSkill"]}}, "profile.skills", "skill_unknown"),
            ({"profile": {"region": "mars"}}, "profile.region", "invalid_choice"),
            ({"profile": {"meet_time": 5}}, "profile.meet_time", "invalid_choice"),
            ({"profile": {"github_url": "javascript:alert(1)"}}, "profile.github_url", "invalid"),
            ({"profile": {"description": "x" * 1001}}, "profile.description", "max_length"),
            ({"profile": {"skills": "Django"}}, "profile.skills", "not_a_list"),
            ({"profile": []}, "profile.non_field_errors", "invalid"),
            ({"profile": {"chat_policy": "never"}}, "profile.chat_policy", "invalid_choice"),
            ({"profile": {"chat_policy": ""}}, "profile.chat_policy", "invalid_choice"),
            ({"profile": {"discoverable": None}}, "profile.discoverable", "null"),
            ({"language": "fr"}, "language", "invalid_choice"),
            ({"time_zone": "Mars/Base"}, "time_zone", "time_zone_unknown"),
            ({"time_zone": "../etc/passwd"}, "time_zone", "time_zone_unknown"),
            ({"time_zone": ""}, "time_zone", "blank"),
        ],
    )
    def test_refuses_bad_input_and_changes_nothing(
        self, as_user, owner, stranger, change, attr, code
    ):
        client = as_user(owner)
        before = client.get("/api/v1/users/me/").json()
        response = client.patch("/api/v1/users/me/", change)
        assert response.status_code == 400
        assert errors(response)[attr] == code
        assert client.get("/api/v1/users/me/").json() == before

    def test_rights_and_email_cannot_be_written(self, as_user, owner):
        wishes = {"is_staff": True, "email": "new@example.com", "is_superuser": True, "id": 99}
        assert as_user(owner).patch("/api/v1/users/me/", wishes).status_code == 200
        fresh = User.objects.get(pk=owner.pk)
        assert (fresh.is_staff, fresh.email, fresh.is_superuser) == (False, owner.email, False)


class TestDeletion:
    def test_asks_for_the_password(self, as_user, owner):
        client = as_user(owner)
        assert errors(client.delete("/api/v1/users/me/", {"password": "wrong"})) == {
            "password": "password_incorrect"
        }
        assert errors(client.delete("/api/v1/users/me/")) == {"password": "required"}
        assert User.objects.filter(pk=owner.pk).exists()

    def test_takes_what_is_personal_and_leaves_the_comments_without_a_name(
        self, api, as_user, owner, stranger
    ):
        ProjectFactory(author=owner)
        kept = ProjectFactory(author=stranger, bookmarked_by=[owner])
        comment = CommentFactory(project=kept, author=owner)
        ImageFactory(owner=owner)
        response = as_user(owner).delete("/api/v1/users/me/", {"password": PASSWORD})
        assert response.status_code == 204
        assert not User.objects.filter(pk=owner.pk).exists()
        assert api.get("/api/v1/users/owner/").status_code == 404
        (card,) = api.get("/api/v1/projects/").json()["results"]
        assert (card["id"], card["bookmark_count"]) == (kept.pk, 0)
        (left,) = api.get(f"/api/v1/projects/{kept.pk}/comments/").json()["results"]
        assert (left["id"], left["author"]) == (comment.pk, None)

    def test_ends_the_tokens(self, as_user, owner):
        client = as_user(owner)
        client.delete("/api/v1/users/me/", {"password": PASSWORD})
        assert client.get("/api/v1/users/me/").status_code == 401
        assert not Session.objects.exists()


class TestProfiles:
    def test_everybody_sees_a_profile_but_never_the_email(self, api, owner):
        body = api.get("/api/v1/users/OWNER/").json()
        assert set(body) == {"username", "joined_at", "profile"}
        # compared with a refusal they would tell of a block
        assert not {"chat_policy", "discoverable"} & set(body["profile"])
        assert "owner@example.com" not in str(body)

    @pytest.mark.parametrize("name", ["nobody", "%00", "a" * 300, "없는사람"])
    def test_unknown_people_are_404(self, api, db, name):
        assert api.get(f"/api/v1/users/{name}/").status_code == 404

    def test_suspended_people_are_404(self, api, owner):
        User.objects.filter(pk=owner.pk).update(is_active=False)
        assert api.get("/api/v1/users/owner/").status_code == 404

    def test_costs_two_queries(self, api, owner, django_assert_num_queries):
        owner.profile.skills.set(Skill.objects.all()[:30])
        with django_assert_num_queries(2):
            api.get("/api/v1/users/owner/")


class TestSkills:
    @pytest.mark.parametrize("search", ["%00", "x" * 41])
    def test_bad_searches_are_400(self, api, db, search):
        assert api.get(f"/api/v1/skills/?search={search}").status_code == 400

    def test_a_changed_stack_is_noted_for_the_similarity_job(self, owner):
        before = owner.profile.skills_changed_at
        owner.profile.skills.set(Skill.objects.all()[:2])
        owner.profile.refresh_from_db()
        assert owner.profile.skills_changed_at > before
