"""Texts that look the same are the same, and what shows nothing is empty."""

import unicodedata

import pytest

from user.models import User
from user.tests.factories import UserFactory
from user.text import GENERATED, has_nothing_to_see, typescript

REGISTER = "/api/v1/auth/register/"
SECRET = "비밀번호-하나-둘"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


class TestNothingToSee:
    @pytest.mark.parametrize(
        "text",
        ["", " \n\t", "\u3164", "\u200b\u200b", "\u2800", "\u00ad\ufe0f", "\U000e0041", "\x00"],
    )
    def test_is_nothing(self, text):
        assert has_nothing_to_see(text)

    @pytest.mark.parametrize("text", ["가", ".", "\u200b.", "👩\u200d💻", "ㄱ", "\u1100", "́a"])
    def test_is_something(self, text):
        assert not has_nothing_to_see(text)

    def test_the_browsers_rule_is_made_of_the_same_table(self):
        assert GENERATED.read_text(encoding="utf-8") == typescript()


class TestNicknames:
    @pytest.mark.parametrize(
        "name", ["..", "_-", "sidepro", "SidePro", "admin", "관리자", "\u3164\u3164"]
    )
    def test_are_refused(self, api, db, name):
        body = {"email": "a@example.com", "username": name, "password": SECRET}
        response = api.post(REGISTER, body)
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == "username"

    def test_are_kept_composed(self, api, db):
        body = {"email": "a@example.com", "username": decomposed("가나"), "password": SECRET}
        assert api.post(REGISTER, body).json()["username"] == "가나"
        body = {"email": "b@example.com", "username": "가나", "password": SECRET}
        assert api.post(REGISTER, body).json()["errors"][0]["code"] == "unique"


class TestPasswords:
    @pytest.mark.parametrize("typed", [SECRET, decomposed(SECRET)])
    @pytest.mark.parametrize("kept", [SECRET, decomposed(SECRET)])
    def test_are_the_same_however_they_are_composed(self, db, kept, typed):
        user = UserFactory()
        user.set_password(kept)
        assert user.check_password(typed)
        assert not user.check_password(typed + "!")

    def test_that_were_kept_decomposed_still_work(self, db):
        user = UserFactory()
        super(User, user).set_password(decomposed(SECRET))
        assert user.check_password(decomposed(SECRET))
