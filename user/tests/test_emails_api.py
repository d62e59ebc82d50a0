"""Confirming an address, and changing it."""

import re
import time
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import mail, signing
from django.utils import timezone

from user.models import User
from user.tests.factories import PASSWORD, UserFactory

VERIFY = "/api/v1/auth/email/verify/"
RESEND = "/api/v1/auth/email/verify/resend/"
CHANGE = "/api/v1/auth/email/change/"
NEW = {"email": "night@owl.kr", "username": "부엉이", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _required(settings):
    settings.EMAIL_VERIFICATION = "required"
    settings.LANGUAGE_CODE = "ko"


def mails(number):
    """The first mails that were sent; they go out alongside the request."""
    for _ in range(100):
        if len(mail.outbox) >= number:
            break
        time.sleep(0.02)
    assert len(mail.outbox) == number
    return mail.outbox


def mail_to(address, number):
    return next(one for one in mails(number) if one.to == [address])


def link(message):
    """The uid and token of a mail."""
    found = dict(re.findall(r"[?&](uid|token)=(\S+?)(?=&|\s)", str(message.body)))
    return {name: unquote(value) for name, value in found.items()}


def code(response):
    return response.json()["errors"][0]["code"]


class TestConfirming:
    def test_a_new_account_is_mailed_a_link_that_confirms_its_address(self, api, db):
        assert api.post("/api/v1/auth/register/", NEW).status_code == 201
        message = mail_to("night@owl.kr", 1)
        assert "/verify?" in message.body
        assert "night@owl.kr" not in message.body
        assert not User.objects.get().email_verified
        assert api.post(VERIFY, link(message)).status_code == 204
        assert User.objects.get().email_verified

    def test_without_mail_nothing_is_sent(self, api, db, settings):
        settings.EMAIL_VERIFICATION = "off"
        assert api.post("/api/v1/auth/register/", NEW).status_code == 201
        time.sleep(0.1)
        assert not mail.outbox

    def test_the_link_may_be_opened_twice(self, api, as_user, owner):
        as_user(owner).post(RESEND)
        found = link(mails(1)[0])
        assert api.post(VERIFY, found).status_code == 204
        first = User.objects.get().email_verified_at
        assert api.post(VERIFY, found).status_code == 204
        assert User.objects.get().email_verified_at == first

    def test_the_link_comes_again_until_the_address_is_confirmed(self, as_user, owner):
        assert as_user(owner).post(RESEND).status_code == 204
        mails(1)
        owner.email_verified_at = timezone.now()
        owner.save()
        assert as_user(owner).post(RESEND).status_code == 204
        time.sleep(0.1)
        mails(1)

    def test_asking_again_is_limited_and_for_oneself(self, api, as_user, owner, monkeypatch):
        from user.api.throttling import ScopeThrottle

        assert api.post(RESEND).status_code == 401
        monkeypatch.setattr(ScopeThrottle, "THROTTLE_RATES", {"email_send": "2/hour"})
        statuses = [as_user(owner).post(RESEND).status_code for _ in range(3)]
        assert statuses == [204, 204, 429]
        mails(2)

    @pytest.mark.parametrize(
        "change",
        [
            {"token": "x"},
            {"token": "a:b:c"},
            {"token": "가:나:다"},
            {"uid": "!"},
            {"uid": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"},
            {"uid": "가"},
        ],
    )
    def test_a_made_up_link_confirms_nothing(self, api, as_user, owner, change):
        as_user(owner).post(RESEND)
        response = api.post(VERIFY, link(mails(1)[0]) | change)
        assert (response.status_code, code(response)) == (400, "link_invalid")
        assert not User.objects.get().email_verified

    def test_a_link_is_for_its_own_account_only(self, api, as_user, owner, partner):
        as_user(owner).post(RESEND)
        as_user(partner).post(RESEND)
        one = link(mail_to("owner@example.com", 2))
        other = link(mail_to("partner@example.com", 2))
        response = api.post(VERIFY, {"uid": one["uid"], "token": other["token"]})
        assert code(response) == "link_invalid"

    def test_a_link_ends_after_three_days(self, api, as_user, owner, monkeypatch):
        as_user(owner).post(RESEND)
        found = link(mails(1)[0])
        later = time.time() + timedelta(days=3, minutes=1).total_seconds()
        monkeypatch.setattr(signing.time, "time", lambda: later)
        assert code(api.post(VERIFY, found)) == "link_invalid"

    def test_a_suspended_account_confirms_nothing(self, api, as_user, owner):
        as_user(owner).post(RESEND)
        User.objects.update(is_active=False)
        assert code(api.post(VERIFY, link(mails(1)[0]))) == "link_invalid"

    def test_a_password_reset_by_mail_confirms_as_well(self, api, owner):
        api.post("/api/v1/auth/password/reset/", {"email": owner.email})
        body = link(mails(1)[0]) | {"password": "another-good-horse"}
        assert api.post("/api/v1/auth/password/reset/confirm/", body).status_code == 204
        assert User.objects.get().email_verified

    @pytest.mark.parametrize("body", [{}, {"uid": "MQ"}, {"uid": "MQ", "token": "x" * 601}, []])
    def test_incomplete_links_are_refused(self, api, db, body):
        assert api.post(VERIFY, body).status_code == 400


class TestChanging:
    @pytest.fixture
    def changing(self, as_user, owner):
        """The owner has a confirmed address and asks for a new one."""
        owner.email_verified_at = timezone.now()
        owner.save()
        body = {"email": "New@Owl.kr", "password": PASSWORD}
        response = as_user(owner).post(CHANGE, body)
        assert response.status_code == 204
        return as_user(owner)

    def test_the_old_address_stays_until_the_new_one_is_confirmed(self, api, changing, owner):
        me = changing.get("/api/v1/users/me/").json()
        assert (me["email"], me["email_verified"], me["pending_email"]) == (
            "owner@example.com",
            True,
            "new@owl.kr",
        )
        assert api.post(VERIFY, link(mail_to("new@owl.kr", 2))).status_code == 204
        me = changing.get("/api/v1/users/me/").json()
        assert (me["email"], me["email_verified"], me["pending_email"]) == ("new@owl.kr", True, "")

    def test_the_old_address_is_informed_and_gets_no_link_that_confirms(self, changing):
        message = mail_to("owner@example.com", 2)
        assert "new@owl.kr" in message.body
        assert link(message) == {}

    def test_only_the_newest_address_can_be_confirmed(self, api, changing):
        older = link(mail_to("new@owl.kr", 2))
        changing.post(CHANGE, {"email": "newer@owl.kr", "password": PASSWORD})
        assert code(api.post(VERIFY, older)) == "link_invalid"
        assert api.post(VERIFY, link(mail_to("newer@owl.kr", 4))).status_code == 204

    def test_ones_present_address_takes_the_change_back(self, api, changing):
        waiting = link(mail_to("new@owl.kr", 2))
        changing.post(CHANGE, {"email": "owner@example.com", "password": PASSWORD})
        assert code(api.post(VERIFY, waiting)) == "link_invalid"
        assert changing.get("/api/v1/users/me/").json()["email_verified"] is True

    def test_an_address_that_somebody_took_in_between_stays_theirs(self, api, changing):
        found = link(mail_to("new@owl.kr", 2))
        UserFactory.create(email="new@owl.kr")
        assert code(api.post(VERIFY, found)) == "unique"
        assert changing.get("/api/v1/users/me/").json()["email"] == "owner@example.com"

    @pytest.mark.parametrize(
        ("change", "attr", "code"),
        [
            ({"email": "PARTNER@example.com"}, "email", "unique"),
            ({"email": "no-mail"}, "email", "invalid"),
            ({"email": ""}, "email", "blank"),
            ({"password": "wrong"}, "password", "password_incorrect"),
        ],
    )
    def test_refuses_bad_input_and_changes_nothing(
        self, as_user, owner, partner, change, attr, code
    ):
        body = {"email": "new@owl.kr", "password": PASSWORD} | change
        response = as_user(owner).post(CHANGE, body)
        assert response.status_code == 400
        error = response.json()["errors"][0]
        assert (error["attr"], error["code"]) == (attr, code)
        owner.refresh_from_db()
        assert owner.pending_email == ""

    def test_without_mail_it_is_taken_at_once_and_unconfirmed(self, as_user, owner, settings):
        settings.EMAIL_VERIFICATION = "off"
        owner.email_verified_at = timezone.now()
        owner.save()
        as_user(owner).post(CHANGE, {"email": "new@owl.kr", "password": PASSWORD})
        me = as_user(owner).get("/api/v1/users/me/").json()
        assert (me["email"], me["email_verified"], me["pending_email"]) == ("new@owl.kr", False, "")
