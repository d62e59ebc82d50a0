"""Accounts, profiles, skills, pictures and sessions in the admin."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notification.models import Follow
from project.tests.factories import ProjectFactory
from user.accounts import note_new_username
from user.admin.base import CappedPaginator
from user.login.sessions import start_session, suspend_users
from user.models import FormerUsername, Image, Profile, Session, Skill, SkillSuggestion, User
from user.tests.factories import PASSWORD, ImageFactory, UserFactory

USERS = "/admin/user/user/"
ME = "/api/v1/users/me/"
TOKEN = "/api/v1/auth/token/"
NEW_PASSWORD = "another-horse-battery"


@pytest.fixture
def desk(client, admin):
    """The admin's browser, logged in."""
    client.force_login(admin)
    return client


@pytest.fixture
def helper(db):
    """Staff with every right over accounts, and no superuser."""
    helper = UserFactory.create(username="helper", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(content_type__app_label="user"))
    return helper


def act(desk, action, *users):
    body = {"action": action, "_selected_action": [user.pk for user in users]}
    return desk.post(USERS, body, follow=True)


def account_form(user, **changes):
    """What the page of an account sends."""
    return {
        "email": user.email,
        "username": user.username,
        "is_staff": "on" if user.is_staff else "",
        "is_superuser": "on" if user.is_superuser else "",
        "profile-TOTAL_FORMS": 1,
        "profile-INITIAL_FORMS": 1,
        "profile-0-user": user.pk,
        "profile-0-description": user.profile.description,
    } | changes


def errors(response):
    return response.context["adminform"].errors


class TestLists:
    @pytest.mark.parametrize("model", [User, Profile, Skill, Image, FormerUsername, Session])
    def test_cost_the_same_for_1_row_and_20(self, desk, model):
        url = reverse(f"admin:user_{model._meta.model_name}_changelist")
        Skill.objects.exclude(name="Django").delete()

        def add(number):
            for user in UserFactory.create_batch(number, skills=["Django"]):
                start_session(user)
                note_new_username(user, f"{user.username}-before")
                user.profile.image = ImageFactory(owner=user)
                user.profile.save()
                Skill.objects.create(name=user.username)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                response = desk.get(url)
            assert response.status_code == 200
            return len(queries), len(response.context["cl"].result_list)

        add(1)
        desk.get(url)  # fills the cache of content types
        few, rows_before = cost()
        add(19)
        many, rows_after = cost()
        assert rows_after == rows_before + 19
        assert many == few

    @pytest.mark.parametrize(
        ("path", "hit"),
        [
            ("user/?q=OWNER@EXAMPLE", "owner"),
            ("user/?q=own", "owner"),
            ("user/?is_active__exact=1", "owner"),
            ("user/?profile__region__exact=seoul", "owner"),
            ("profile/?q=부엉이", "owner"),
            ("profile/?region__exact=seoul&meet_time__exact=any", "owner"),
            ("session/?q=owner", "owner"),
            ("formerusername/?q=OWL", "owner"),
            ("image/?q=owner", "owner"),
            ("image/?kind__exact=project", "owner"),
            ("skill/?q=djan", "Django"),
        ],
    )
    def test_search_and_filter(self, desk, owner, partner, path, hit):
        Profile.objects.filter(user=owner).update(
            description="밤부엉이", region="seoul", meet_time="any"
        )
        start_session(owner)
        note_new_username(owner, "owl")
        ImageFactory(owner=owner)
        response = desk.get(f"/admin/user/{path}")
        assert response.status_code == 200
        assert hit in response.content.decode()
        rows = {str(row) for row in response.context["cl"].result_list}
        assert "partner" not in rows or "is_active" in path

    def test_count_no_further_than_the_cap(self, db, monkeypatch):
        UserFactory.create_batch(4)
        monkeypatch.setattr("user.admin.base.MOST_ROWS", 3)
        assert CappedPaginator(User.objects.order_by("-id"), 2).count == 3
        assert CappedPaginator(User.objects.order_by("-id"), 2).num_pages == 2

    def test_skills_are_found_by_an_alias_and_merged_into_the_most_used(self, desk, owner):
        double = Skill.objects.create(name="장고 프레임워크")
        owner.profile.skills.set([double])
        django = Skill.objects.get(name="Django")
        Skill.objects.filter(pk=django.pk).update(people_count=3)
        rows = desk.get("/admin/user/skill/?q=장고").context["cl"].result_list
        assert {django, double} <= set(rows)
        chosen = {"action": "merge", "_selected_action": [django.pk, double.pk]}
        desk.post("/admin/user/skill/", chosen)
        assert list(owner.profile.skills.all()) == [django]
        assert not Skill.objects.filter(pk=double.pk).exists()

    def test_who_holds_two_skills_holds_the_one_once_after_they_are_merged(self, desk, owner):
        double = Skill.objects.create(name="장고 프레임워크")
        django = Skill.objects.get(name="Django")
        Skill.objects.filter(pk=django.pk).update(people_count=3)
        owner.profile.skills.set([django, double])
        project = ProjectFactory(author=owner, skills=["Django", "장고 프레임워크"])
        for skill in (django, double):
            Follow.objects.create(follower=owner, skill=skill)
        chosen = {"action": "merge", "_selected_action": [django.pk, double.pk]}
        assert desk.post("/admin/user/skill/", chosen).status_code == 302
        assert list(owner.profile.skills.all()) == [django]
        assert list(project.skills.all()) == [django]
        assert list(Follow.objects.values_list("skill", flat=True)) == [django.pk]

    def test_an_address_that_a_skill_has_already_is_said_in_the_form(self, desk):
        form = {"name": "Another", "slug": "django", "category": "tool"}
        form |= {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
        page = desk.post("/admin/user/skill/add/", form)
        assert page.status_code == 200
        assert "slug" in page.context["adminform"].form.errors
        assert not Skill.objects.filter(name="Another").exists()

    def test_skills_whose_addresses_collide_get_one_each(self, desk, owner):
        for name in ("Zetta+Boot", "Zetta.Boot"):
            SkillSuggestion.objects.suggest(name, owner)
        Skill.objects.create(name="Kilo", slug="zettaboot")
        rows = [row.pk for row in SkillSuggestion.objects.all()]
        chosen = {"action": "accept", "_selected_action": rows}
        desk.post("/admin/user/skillsuggestion/", chosen)
        made = Skill.objects.filter(name__in=["Zetta+Boot", "Zetta.Boot"])
        slugs = dict(made.values_list("name", "slug"))
        assert slugs == {"Zetta+Boot": "zettapboot", "Zetta.Boot": "zettaboot-2"}

    def test_a_suggestion_becomes_a_skill(self, desk, owner):
        SkillSuggestion.objects.suggest("Zetta", owner)
        row = desk.get("/admin/user/skillsuggestion/").context["cl"].result_list[0]
        assert row.people == 1
        chosen = {"action": "accept", "_selected_action": [row.pk]}
        desk.post("/admin/user/skillsuggestion/", chosen)
        assert Skill.objects.filter(slug="zetta").exists()

    def test_pictures_are_shown_small(self, desk, owner):
        image = ImageFactory(owner=owner)
        assert f'src="/media/{image.card.name}"' in desk.get("/admin/user/image/").content.decode()

    @pytest.mark.parametrize("name", ["user", "profile", "skill", "image", "session"])
    def test_every_page_opens(self, desk, owner, name):
        start_session(owner)
        note_new_username(owner, "owl")
        ImageFactory(owner=owner)
        model = apps.get_model("user", name)
        row = model.objects.first()
        url = reverse(f"admin:user_{name}_change", args=[row.pk])
        assert desk.get(url).status_code == 200
        added = desk.get(reverse(f"admin:user_{name}_add")).status_code
        assert added == (200 if name in {"user", "skill"} else 403)

    def test_skills_complete_themselves(self, desk):
        query = {"app_label": "user", "model_name": "profile", "field_name": "skills"}
        response = desk.get("/admin/autocomplete/", query | {"term": "djan"})
        assert "Django" in {hit["text"] for hit in response.json()["results"]}


class TestAccounts:
    def test_a_new_account_has_a_profile_and_can_log_in(self, desk, api):
        body = {
            "email": "New@Example.com",
            "username": "새사람",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
        assert desk.post(f"{USERS}add/", body).status_code == 302
        user = User.objects.get(username="새사람")
        assert user.email == "new@example.com"
        assert user.profile
        answer = api.post(TOKEN, {"email": "new@example.com", "password": PASSWORD})
        assert answer.status_code == 200

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"email": "OWNER@example.com"}, "email"),
            ({"username": "Owner"}, "username"),
            ({"username": "a b"}, "username"),
            ({"password2": "other"}, "password2"),
            ({"password1": "12345678", "password2": "12345678"}, "password2"),
        ],
    )
    def test_bad_new_accounts_are_refused_at_the_field(self, desk, owner, change, field):
        body = {
            "email": "new@example.com",
            "username": "new",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
        response = desk.post(f"{USERS}add/", body | change)
        assert response.status_code == 200
        assert field in errors(response)
        assert not User.objects.filter(email="new@example.com").exists()

    def test_changes_are_written_with_the_profile(self, desk, owner):
        skill = Skill.objects.get(name="Django")
        changes = {
            "email": "Owl@Example.com",
            "profile-0-description": "밤에 만듭니다",
            "profile-0-skills": [skill.pk],
        }
        response = desk.post(f"{USERS}{owner.pk}/change/", account_form(owner, **changes))
        assert response.status_code == 302
        owner.refresh_from_db()
        assert owner.email == "owl@example.com"
        assert owner.profile.description == "밤에 만듭니다"
        assert list(owner.profile.skills.all()) == [skill]

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"username": "PARTNER"}, None), ({"email": "Partner@example.com"}, "email")],
    )
    def test_taken_names_are_refused(self, desk, owner, partner, change, field):
        response = desk.post(f"{USERS}{owner.pk}/change/", account_form(owner, **change))
        assert response.status_code == 200
        assert errors(response)
        assert field is None or field in errors(response)

    def test_a_form_cannot_suspend_or_open_an_account(self, desk, owner):
        desk.post(f"{USERS}{owner.pk}/change/", account_form(owner, is_active=""))
        owner.refresh_from_db()
        assert owner.is_active

    def test_a_new_password_ends_every_login(self, desk, as_user, api, owner):
        phone = as_user(owner)
        start_session(owner)
        assert phone.get(ME).status_code == 200
        body = {"usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        body["set-password"] = ""
        assert desk.post(f"{USERS}{owner.pk}/password/", body).status_code == 302
        assert phone.get(ME).status_code == 401
        assert not owner.sessions.exists()
        answer = api.post(TOKEN, {"email": owner.email, "password": NEW_PASSWORD})
        assert answer.status_code == 200

    def test_ones_own_new_password_ends_the_other_logins(self, desk, as_user, admin):
        phone = as_user(admin)
        body = {
            "old_password": PASSWORD,
            "new_password1": NEW_PASSWORD,
            "new_password2": NEW_PASSWORD,
        }
        response = desk.post("/admin/password_change/", body)
        assert response.headers["Location"] == "/admin/password_change/done/"
        assert phone.get(ME).status_code == 401
        assert desk.get(USERS).status_code == 200  # this browser stays

    def test_deleting_a_session_logs_that_device_out(self, desk, api, owner):
        refresh = start_session(owner).refresh
        session = owner.sessions.get()
        desk.post(f"/admin/user/session/{session.pk}/delete/", {"post": "yes"})
        answer = api.post(f"{TOKEN}refresh/", {"refresh": refresh}, headers={"X-Client": "native"})
        assert answer.status_code == 401

    def test_nobody_loses_their_profile_alone(self, desk, owner):
        response = desk.post(f"/admin/user/profile/{owner.pk}/delete/", {"post": "yes"})
        assert response.status_code == 403
        body = {"action": "delete_selected", "_selected_action": [owner.pk], "post": "yes"}
        desk.post("/admin/user/profile/", body)
        assert Profile.objects.filter(user=owner).exists()

    def test_deleting_an_account_takes_what_hangs_on_it(self, desk, owner):
        start_session(owner)
        note_new_username(owner, "owl")
        ImageFactory(owner=owner)
        assert desk.post(f"{USERS}{owner.pk}/delete/", {"post": "yes"}).status_code == 302
        assert not User.objects.filter(pk=owner.pk).exists()


class TestSuspension:
    def test_ends_tokens_and_sessions_at_once(self, desk, as_user, api, owner):
        phone, refresh = as_user(owner), start_session(owner).refresh
        assert phone.get(ME).status_code == 200
        act(desk, "suspend", owner)
        assert phone.get(ME).status_code == 401
        answer = api.post(f"{TOKEN}refresh/", {"refresh": refresh}, headers={"X-Client": "native"})
        assert answer.status_code == 401
        answer = api.post(TOKEN, {"email": owner.email, "password": PASSWORD})
        assert answer.status_code == 401
        assert api.get("/api/v1/users/owner/").status_code == 404
        assert not owner.sessions.exists()

    def test_lifted_lets_in_again_but_only_by_a_new_login(self, desk, as_user, api, owner):
        phone = as_user(owner)
        act(desk, "suspend", owner)
        act(desk, "unsuspend", owner)
        assert phone.get(ME).status_code == 401
        answer = api.post(TOKEN, {"email": owner.email, "password": PASSWORD})
        assert answer.status_code == 200
        assert api.get("/api/v1/users/owner/").status_code == 200

    def test_is_written_into_the_log_for_those_whom_it_met(self, desk, admin, owner, partner):
        suspend_users(User.objects.filter(pk=partner.pk))
        act(desk, "suspend", owner, partner)
        entry = LogEntry.objects.get()
        assert (entry.user, entry.object_id) == (admin, str(owner.pk))
        assert entry.get_change_message() == "정지했어요"
        assert "정지했어요" in desk.get(f"{USERS}{owner.pk}/history/").content.decode()

    def test_ends_the_sessions_of_those_only_whom_it_meets(self, owner, partner):
        for user in (owner, partner):
            start_session(user)
        assert suspend_users(User.objects.filter(pk=owner.pk)) == [owner]
        assert suspend_users(User.objects.filter(pk=owner.pk)) == []
        assert [session.user for session in Session.objects.all()] == [partner]
        partner.refresh_from_db()
        assert partner.is_active

    def test_never_meets_the_moderator(self, desk, admin, owner):
        response = act(desk, "suspend", admin, owner)
        admin.refresh_from_db()
        owner.refresh_from_db()
        assert (admin.is_active, owner.is_active) == (True, False)
        assert "자신과 최고 관리자는" in response.content.decode()

    def test_meets_a_superuser_only_by_a_superuser(self, client, desk, admin, helper):
        boss = UserFactory.create(is_staff=True, is_superuser=True)
        client.force_login(helper)
        act(client, "suspend", boss)
        boss.refresh_from_db()
        assert boss.is_active
        client.force_login(admin)
        act(client, "suspend", boss)
        boss.refresh_from_db()
        assert not boss.is_active
        client.force_login(helper)
        act(client, "unsuspend", boss)
        boss.refresh_from_db()
        assert not boss.is_active

    def test_throws_a_moderator_out_of_the_admin(self, client, helper):
        client.force_login(helper)
        assert client.get(USERS).status_code == 200
        suspend_users(User.objects.filter(pk=helper.pk))
        assert client.get(USERS).status_code == 302

    def test_needs_the_right_to_change(self, client, owner):
        reader = UserFactory.create(is_staff=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_user"))
        client.force_login(reader)
        assert client.get(USERS).status_code == 200
        act(client, "suspend", owner)
        owner.refresh_from_db()
        assert owner.is_active


class TestRights:
    def test_only_superusers_hand_out_rights(self, client, helper, owner):
        client.force_login(helper)
        wish = {"is_staff": "on", "is_superuser": "on", "user_permissions": [1, 2]}
        for user in (helper, owner):
            response = client.post(f"{USERS}{user.pk}/change/", account_form(user, **wish))
            assert response.status_code == 302
            user.refresh_from_db()
            assert not user.is_superuser
        assert not owner.is_staff
        assert not owner.user_permissions.exists()

    def test_only_superusers_touch_superusers(self, client, helper, admin):
        client.force_login(helper)
        change = client.post(
            f"{USERS}{admin.pk}/change/", account_form(admin, email="mine@example.com")
        )
        password = client.post(
            f"{USERS}{admin.pk}/password/",
            {"usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )
        delete = client.post(f"{USERS}{admin.pk}/delete/", {"post": "yes"})
        assert [r.status_code for r in (change, password, delete)] == [403, 403, 403]
        body = {"action": "delete_selected", "_selected_action": [admin.pk], "post": "yes"}
        client.post(USERS, body)
        admin.refresh_from_db()
        assert admin.check_password(PASSWORD)
        assert admin.email == "admin@example.com"

    def test_people_without_the_role_stay_outside(self, client, owner):
        client.force_login(owner)
        assert client.get(USERS).status_code == 302


class TestLogin:
    def test_is_by_email_in_any_case(self, client, admin):
        response = client.post(
            "/admin/login/", {"username": "Admin@Example.com", "password": PASSWORD}
        )
        assert response.status_code == 302
        assert client.get(USERS).status_code == 200

    def test_guessing_is_limited_as_in_the_api(self, client, admin, monkeypatch):
        rates = {"login": "2/min", "login_address": "9/min"}
        monkeypatch.setattr("user.api.throttling.PasswordThrottle.THROTTLE_RATES", rates)
        for spelling in ("admin@example.com", " ADMIN@example.com "):
            body = {"username": spelling, "password": "guess"}
            assert "너무 많이" not in client.post("/admin/login/", body).content.decode()
        body = {"username": "Admin@example.com", "password": PASSWORD}
        response = client.post("/admin/login/", body)
        assert "너무 많이" in response.content.decode()
        assert client.get(USERS).status_code == 302
