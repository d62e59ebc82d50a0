"""Logging in and out, refresh tokens and passwords."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework.test import APIClient

from user.login.sessions import start_session
from user.models import Session, User
from user.tests.factories import PASSWORD

TOKEN = "/api/v1/auth/token/"
REFRESH = "/api/v1/auth/token/refresh/"
LOGOUT = "/api/v1/auth/logout/"
CHANGE = "/api/v1/auth/password/change/"
RESET = "/api/v1/auth/password/reset/"
CONFIRM = "/api/v1/auth/password/reset/confirm/"
COOKIE = settings.REFRESH_COOKIE_NAME
NATIVE = {"X-Client": "native"}
NEW_PASSWORD = "another-horse-battery"


def log_in(api, email="owner@example.com", password=PASSWORD, **extra):
    return api.post(TOKEN, {"email": email, "password": password}, **extra)


def native_refresh_token(api):
    return log_in(api, headers=NATIVE).json()["refresh"]


class TestLogin:
    def test_gives_an_access_token_that_works_and_hides_the_refresh_token(self, api, owner):
        response = log_in(api, email="OWNER@example.com")
        assert set(response.json()) == {"access"}
        cookie = response.cookies[COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert cookie["path"] == "/api/v1/auth/"
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {response.json()['access']}")
        assert api.get("/api/v1/users/me/").status_code == 200

    def test_native_clients_get_it_in_the_body_and_no_cookie(self, api, owner):
        response = log_in(api, headers=NATIVE)
        assert set(response.json()) == {"access", "refresh"}
        assert COOKIE not in response.cookies

    @pytest.mark.parametrize(
        ("email", "password"),
        [("owner@example.com", "wrong"), ("nobody@example.com", PASSWORD)],
    )
    def test_a_wrong_password_and_an_unknown_email_look_the_same(self, api, owner, email, password):
        response = log_in(api, email, password)
        assert response.status_code == 401
        assert response.json()["errors"][0]["code"] == "authentication_failed"
        assert COOKIE not in response.cookies

    def test_suspended_people_cannot_log_in(self, api, owner):
        User.objects.filter(pk=owner.pk).update(is_active=False)
        assert log_in(api).status_code == 401

    def test_guessing_at_one_account_is_slowed_down(self, api, owner):
        statuses = [log_in(api, password="wrong").status_code for _ in range(11)]
        assert statuses == [401] * 10 + [429]
        assert log_in(api).status_code == 429
        assert log_in(api, "somebody@example.com").status_code == 401

    @pytest.mark.parametrize(
        "spelling", ["OWNER@example.com", "  owner@example.com ", "\towner@Example.COM"]
    )
    def test_guessing_is_counted_by_account_and_not_by_spelling(self, api, owner, spelling):
        for _ in range(10):
            assert log_in(api, password="wrong").status_code == 401
        assert log_in(api, spelling).status_code == 429

    def test_removes_sessions_of_theirs_that_have_expired(self, api, owner, partner):
        for user in (owner, owner, partner):
            Session.objects.create(user=user, expires_at=timezone.now())
        log_in(api)
        assert [owner.sessions.count(), partner.sessions.count()] == [1, 1]

    @pytest.mark.parametrize("body", [{}, {"email": 5, "password": []}, [], "x", None])
    def test_malformed_credentials_are_400(self, api, db, body):
        assert api.post(TOKEN, body).status_code == 400


class TestAccessTokens:
    def test_end_at_once_when_the_user_is_suspended(self, as_user, owner):
        client = as_user(owner)
        User.objects.filter(pk=owner.pk).update(is_active=False)
        assert client.get("/api/v1/users/me/").status_code == 401

    @pytest.mark.parametrize("end", ["log-out", "theft", "password", "admin"])
    def test_end_with_their_session_and_leave_other_devices_alone(self, api, owner, end):
        pair, other = (log_in(api, headers=NATIVE).json() for _ in range(2))
        if end == "log-out":
            api.post(LOGOUT, {"refresh": pair["refresh"]})
        elif end == "theft":
            api.post(REFRESH, {"refresh": pair["refresh"]})
            Session.objects.update(rotated_at=timezone.now() - timedelta(seconds=11))
            api.post(REFRESH, {"refresh": pair["refresh"]})
        elif end == "password":
            api.credentials(HTTP_AUTHORIZATION=f"Bearer {other['access']}")
            change = {"old_password": PASSWORD, "new_password": NEW_PASSWORD}
            other = api.post(CHANGE, change, headers=NATIVE).json()
        else:
            Session.objects.order_by("created_at")[0].delete()
        for access, status in ((pair["access"], 401), (other["access"], 200)):
            api.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
            assert api.get("/api/v1/users/me/").status_code == status

    def test_a_refresh_token_is_no_access_token(self, api, owner):
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {native_refresh_token(api)}")
        assert api.get("/api/v1/users/me/").status_code == 401


class TestRefresh:
    def test_rotates_the_cookie(self, api, owner):
        first = log_in(api).cookies[COOKIE].value
        response = api.post(REFRESH)
        assert set(response.json()) == {"access"}
        assert response.cookies[COOKIE].value != first

    def test_the_same_old_token_gets_the_same_successor_for_ten_seconds(self, api, owner):
        old = native_refresh_token(api)
        first, second = (api.post(REFRESH, {"refresh": old}).json() for _ in range(2))
        assert first["refresh"] == second["refresh"]

    def test_later_reuse_ends_the_whole_session(self, api, owner):
        old = native_refresh_token(api)
        successor = api.post(REFRESH, {"refresh": old}).json()["refresh"]
        Session.objects.update(rotated_at=timezone.now() - timedelta(seconds=11))
        assert api.post(REFRESH, {"refresh": old}).status_code == 401
        assert api.post(REFRESH, {"refresh": successor}).status_code == 401

    def test_a_token_two_rotations_old_ends_the_session_at_once(self, api, owner):
        oldest = native_refresh_token(api)
        old = api.post(REFRESH, {"refresh": oldest}).json()["refresh"]
        newest = api.post(REFRESH, {"refresh": old}).json()["refresh"]
        assert api.post(REFRESH, {"refresh": oldest}).status_code == 401
        assert api.post(REFRESH, {"refresh": newest}).status_code == 401

    def test_reuse_on_one_device_leaves_the_other_devices_alone(self, api, owner):
        stolen, other = native_refresh_token(api), native_refresh_token(api)
        api.post(REFRESH, {"refresh": stolen})
        Session.objects.update(rotated_at=timezone.now() - timedelta(seconds=11))
        assert api.post(REFRESH, {"refresh": stolen}).status_code == 401
        assert api.post(REFRESH, {"refresh": other}).status_code == 200

    @pytest.mark.parametrize("change", [{"is_active": False}, None])
    def test_suspended_and_deleted_people_get_401(self, api, owner, change):
        token = native_refresh_token(api)
        if change:
            User.objects.filter(pk=owner.pk).update(**change)
        else:
            owner.delete()
        assert api.post(REFRESH, {"refresh": token}).status_code == 401

    def test_a_session_that_ran_out_is_401(self, api, owner):
        token = native_refresh_token(api)
        Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert api.post(REFRESH, {"refresh": token}).status_code == 401

    @pytest.mark.parametrize("body", [{}, {"refresh": "x"}, {"refresh": "a.b.c"}])
    def test_without_a_good_token_it_is_401(self, api, db, body):
        assert api.post(REFRESH, body).status_code == 401

    def test_an_access_token_is_no_refresh_token(self, api, owner):
        access = log_in(api).json()["access"]
        assert APIClient().post(REFRESH, {"refresh": access}).status_code == 401

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_many_tabs_at_once_get_one_successor(self, owner):
        old = native_refresh_token(APIClient())

        def refresh(_):
            try:
                return APIClient().post(REFRESH, {"refresh": old}).json()["refresh"]
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(refresh, range(8)))) == 1


class TestLogout:
    def test_revokes_the_session_and_forgets_the_cookie(self, api, owner):
        token = log_in(api).cookies[COOKIE].value
        response = api.post(LOGOUT)
        assert response.status_code == 204
        assert response.cookies[COOKIE]["max-age"] == 0
        assert APIClient().post(REFRESH, {"refresh": token}).status_code == 401

    def test_is_for_holders_of_a_token(self, api, db):
        assert api.post(LOGOUT).status_code == 401
        assert api.post(LOGOUT, {"refresh": "x"}).status_code == 401


class TestPasswordChange:
    def test_ends_every_other_session_and_goes_on_with_a_new_one(self, api, as_user, owner):
        other = native_refresh_token(APIClient())
        old_client = as_user(owner)
        response = old_client.post(CHANGE, {"old_password": PASSWORD, "new_password": NEW_PASSWORD})
        assert response.status_code == 200
        assert old_client.get("/api/v1/users/me/").status_code == 401
        assert api.post(REFRESH, {"refresh": other}).status_code == 401
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {response.json()['access']}")
        assert api.get("/api/v1/users/me/").status_code == 200
        assert log_in(APIClient(), password=NEW_PASSWORD).status_code == 200

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("wrong", NEW_PASSWORD, "password_incorrect"),
            (PASSWORD, "12345678", "password_too_common"),
        ],
    )
    def test_refuses_a_wrong_or_weak_password(self, as_user, owner, old, new, code):
        response = as_user(owner).post(CHANGE, {"old_password": old, "new_password": new})
        assert response.status_code == 400
        assert code in {error["code"] for error in response.json()["errors"]}
        assert User.objects.get(pk=owner.pk).check_password(PASSWORD)

    def test_is_for_people_who_are_signed_in(self, api, db):
        assert api.post(CHANGE, {}).status_code == 401


def mailed_link():
    """The uid and token of the newest mail, which goes out alongside the request."""
    for _ in range(100):
        if mail.outbox:
            break
        time.sleep(0.02)
    return dict(re.findall(r"(uid|token)=([\w-]+)", str(mail.outbox[-1].body)))


class TestPasswordReset:
    def test_a_mailed_link_sets_a_new_password_once_and_ends_the_sessions(self, api, owner):
        session = native_refresh_token(api)
        assert api.post(RESET, {"email": "Owner@example.com"}).status_code == 204
        link = mailed_link()
        assert api.post(CONFIRM, {**link, "password": NEW_PASSWORD}).status_code == 204
        assert log_in(api, password=NEW_PASSWORD).status_code == 200
        assert APIClient().post(REFRESH, {"refresh": session}).status_code == 401
        again = api.post(CONFIRM, {**link, "password": PASSWORD})
        assert again.json()["errors"][0]["code"] == "link_invalid"

    def test_the_answer_does_not_tell_who_has_an_account(self, api, owner):
        assert api.post(RESET, {"email": "nobody@example.com"}).status_code == 204
        assert not mail.outbox

    def test_a_weak_password_is_refused_and_the_link_still_works(self, api, owner):
        api.post(RESET, {"email": owner.email})
        link = mailed_link()
        weak = api.post(CONFIRM, {**link, "password": "12345678"})
        assert weak.status_code == 400
        assert api.post(CONFIRM, {**link, "password": NEW_PASSWORD}).status_code == 204

    @pytest.mark.parametrize("uid", ["x", "MQ", "LTE", "4pmlIGk", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
    def test_forged_links_are_400(self, api, owner, uid):
        response = api.post(CONFIRM, {"uid": uid, "token": "a-b", "password": NEW_PASSWORD})
        assert response.status_code == 400

    def test_asking_too_often_is_429(self, api, db):
        statuses = [api.post(RESET, {"email": "a@b.co"}).status_code for _ in range(11)]
        assert statuses[-1] == 429


class TestWithoutTheCache:
    def test_rate_limits_open_up_and_login_works(self, api, owner, monkeypatch):
        def broken(*args, **kwargs):
            raise RedisConnectionError("away")

        monkeypatch.setattr("django.core.cache.cache.get", broken)
        assert log_in(api).status_code == 200


def test_a_clock_that_is_set_back_an_hour_signs_nobody_out(api, owner, monkeypatch):
    ahead = timezone.now() + timedelta(hours=1)
    with monkeypatch.context() as before:
        before.setattr(timezone, "now", lambda: ahead)
        before.setattr("rest_framework_simplejwt.tokens.aware_utcnow", lambda: ahead)
        pair = start_session(owner)
    bearer = {"Authorization": f"Bearer {pair.access}"}
    assert api.get("/api/v1/users/me/", headers=bearer).status_code == 200
    assert api.post(REFRESH, {"refresh": pair.refresh}, headers=NATIVE).status_code == 200
