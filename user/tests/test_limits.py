"""One client cannot take the service away: hashing, lengths, and what counts as one account."""

import threading
import time
import unicodedata

import pytest
from django.contrib.auth import hashers

from project.tests.factories import ProjectFactory
from user.api.errors import ServiceUnavailable
from user.api.throttling import ScopeThrottle
from user.login.hashing import BoundedArgon2Hasher, hashing
from user.models import User
from user.names import is_reserved
from user.tests.factories import PASSWORD, UserFactory

REGISTER = "/api/v1/auth/register/"
TOKEN = "/api/v1/auth/token/"
CHANGE = "/api/v1/auth/password/change/"
ME = "/api/v1/users/me/"
PROJECTS = "/api/v1/projects/"


def person(n=0, **changes):
    return {"email": f"new{n}@example.com", "username": f"new{n}", "password": PASSWORD} | changes


def codes(response):
    return [error["code"] for error in response.json()["errors"]]


@pytest.fixture
def rates(monkeypatch):
    def set_rates(**rates):
        from user.api import throttling

        for throttle in (
            throttling.PasswordThrottle,
            throttling.PasswordAddressThrottle,
            throttling.ScopeThrottle,
        ):
            monkeypatch.setattr(throttle, "THROTTLE_RATES", throttle.THROTTLE_RATES | rates)

    return set_rates


class TestHashing:
    def test_runs_twice_at_once_and_no_more(self, monkeypatch):
        running, most = 0, 0
        lock = threading.Lock()

        def slow(*args, **kwargs):
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1
            return "hash"

        monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", slow)
        monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", slow)
        hasher = BoundedArgon2Hasher()
        ways = [lambda: hasher.encode("x", "salt"), lambda: hasher.verify("x", "y")] * 4
        threads = [threading.Thread(target=way) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most == 2

    def test_who_waits_too_long_is_told_when_to_come_back(self, api, owner, settings, monkeypatch):
        settings.PASSWORD_HASHERS = ["user.login.hashing.BoundedArgon2Hasher"]
        monkeypatch.setattr(hashing, "max_wait", 1)
        api.raise_request_exception = False
        with hashing.place(), hashing.place():
            response = api.post(REGISTER, person())
            with pytest.raises(ServiceUnavailable):
                User().set_password("x")
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "1"
        assert not User.objects.filter(username="new0").exists()

    def test_registering_is_limited_by_address(self, api, db, rates):
        rates(register="2/min")
        assert [api.post(REGISTER, person(n)).status_code for n in range(3)] == [201, 201, 429]

    def test_a_clock_that_is_set_back_locks_out_for_two_windows_at_most(
        self, api, db, rates, monkeypatch
    ):
        rates(register="2/min")
        now = time.time()
        assert [api.post(REGISTER, person(n)).status_code for n in range(3)] == [201, 201, 429]
        monkeypatch.setattr(ScopeThrottle, "timer", lambda _: now - 30)
        assert api.post(REGISTER, person(2)).status_code == 429
        monkeypatch.setattr(ScopeThrottle, "timer", lambda _: now - 3600)
        assert [api.post(REGISTER, person(n)).status_code for n in (2, 3, 4)] == [201, 201, 429]

    def test_everything_that_tries_a_password_counts_at_its_account(self, as_user, api, owner):
        client = as_user(owner)
        for _ in range(4):
            assert client.delete(ME, {"password": "wrong"}).status_code == 400
            body = {"old_password": "wrong", "new_password": "correct-horse-2"}
            assert client.post(CHANGE, body).status_code == 400
        for _ in range(2):
            api.post(TOKEN, {"email": " OWNER@example.com", "password": "wrong"})
        assert client.delete(ME, {"password": PASSWORD}).status_code == 429
        assert client.post(CHANGE, {}).status_code == 429
        assert api.post(TOKEN, {"email": owner.email, "password": PASSWORD}).status_code == 429
        assert client.get(ME).status_code == 200
        assert client.patch(ME, {"language": "en"}).status_code == 200

    def test_a_long_password_is_refused_before_it_is_hashed(self, as_user, owner, monkeypatch):
        client = as_user(owner)
        monkeypatch.setattr(User, "check_password", lambda *_: pytest.fail("hashed"))
        assert client.delete(ME, {"password": "x" * 129}).status_code == 400


class TestLengths:
    @pytest.mark.parametrize("names", [["Django"] * 95_000, ["x" * 41] * 20_000, [[]] * 95_000])
    def test_of_a_list_that_is_too_long_no_item_is_looked_at(
        self, as_user, owner, names, django_assert_num_queries
    ):
        client = as_user(owner)
        with django_assert_num_queries(1):  # who asks
            response = client.post(PROJECTS, {"title": "t", "skills": names})
        assert response.status_code == 400
        assert codes(response) == ["max_length"]

    @pytest.mark.parametrize(
        "body",
        [
            {"profile": {"region": "x" * 500_000}},
            {"language": "x" * 500_000},
            {"profile": {"skills": ["y" * 39 + str(n % 10) for n in range(30)]}},
            {"profile": {"skills": ["x" * 5_000] * 30}},
        ],
    )
    def test_an_error_does_not_send_back_what_was_sent(self, as_user, owner, body):
        response = as_user(owner).patch(ME, body)
        assert response.status_code == 400
        assert len(response.content) < 20_000

    @pytest.mark.parametrize("match", ["any", "all"])
    def test_the_board_is_filtered_by_ten_skills_at_most(self, api, db, match):
        ten = ",".join(f"skill{n}" for n in range(10))
        assert api.get(PROJECTS, {"skills": ten, "skills_match": match}).status_code == 200
        response = api.get(PROJECTS, {"skills": f"{ten},one more", "skills_match": match})
        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"] == "skills"
        assert api.get(PROJECTS, {"skills": f"{ten},, ,"}).status_code == 200

    def test_all_of_ten_skills_take_one_query_more_than_none(
        self, api, db, django_assert_num_queries
    ):
        names = ["AWS", "C", "C++", "Django", "Docker", "Flask", "Git", "HTML", "Java", "Kafka"]
        ProjectFactory(title="all", skills=names)
        ProjectFactory(title="but one", skills=names[1:])
        query = {"skills": ",".join(names).lower(), "skills_match": "all"}
        with django_assert_num_queries(2) as queries:
            found = api.get(PROJECTS, query).json()["results"]
        assert [card["title"] for card in found] == ["all"]
        assert queries.captured_queries[-1]["sql"].count("project_project_skills") < 8


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            *("..", "...", "_-.", "sidepro", "SidePro", "s1depro", "side.pro", "S_I_D_E_P_R_0"),
            *("sidepro_team", "admin", "adrnin", "Adm1n", "운영자", "운영자2", "관리자_A", "me"),
            *("사이드프로", "사이드프로_공식", "official.sidepro", "m0derator", "5upport"),
        ],
    )
    def test_that_speak_for_the_house_or_say_nothing_are_refused(self, api, db, name):
        assert api.post(REGISTER, person(username=name)).status_code == 400

    @pytest.mark.parametrize("name", ["sideprojector", "부엉이", "a.b", "Kim-1", "팀공지"])
    def test_of_people_are_taken(self, api, db, name):
        assert not is_reserved(name)
        assert api.post(REGISTER, person(username=name)).status_code == 201

    def test_are_kept_composed(self, api, db):
        name = unicodedata.normalize("NFD", "가나")
        assert api.post(REGISTER, person(username=name)).json()["username"] == "가나"

    def test_that_were_reserved_later_stay_with_who_has_them(self, as_user, db):
        early = UserFactory.create(username="sidepro")
        changed = {"username": "SidePro", "profile": {"region": "seoul"}}
        assert as_user(early).patch(ME, changed).status_code == 200

    @pytest.mark.parametrize(
        "email", ["u@localhost", "u@[127.0.0.1]", "u@[IPv6:::1]", "u@127.0.0.1", "u@intranet"]
    )
    def test_an_address_that_no_mail_reaches_is_refused_in_one_sentence(self, api, db, email):
        response = api.post(REGISTER, person(email=email))
        assert response.status_code == 400
        assert codes(response) == ["invalid"]

    def test_an_address_is_kept_trimmed_and_in_lower_case(self, api, db):
        assert api.post(REGISTER, person(email="  Kim@Example.com ")).status_code == 201
        assert User.objects.get().email == "kim@example.com"
        again = api.post(REGISTER, person(1, email="\tKIM@example.com"))
        assert codes(again) == ["unique"]


class TestPasswords:
    WORDS = "비밀번호-하나-둘"

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_are_the_same_however_they_were_composed(self, api, db, form):
        typed = unicodedata.normalize(form, self.WORDS)
        api.post(REGISTER, person(password=typed))
        for other in ("NFC", "NFD"):
            password = unicodedata.normalize(other, self.WORDS)
            login = {"email": person()["email"], "password": password}
            assert api.post(TOKEN, login).status_code == 200

    def test_from_before_open_as_they_were_typed(self, owner):
        typed = unicodedata.normalize("NFD", self.WORDS)
        owner.password = hashers.make_password(typed)
        assert owner.check_password(typed)
        assert not owner.check_password("x")


class TestAddressesOfGitHub:
    @pytest.mark.parametrize(
        "url",
        [
            *("http://github.com/a", "ftp://github.com/a", "https://evil.example/github.com"),
            *("https://github.com.evil.example/a", "https://github.com@evil.example/a"),
            *("https://github.com/a\u202egpj.exe", "https://github.com/\u200b", "//github.com/a"),
            *(
                "https://github.com\\.evil.example/",
                "https://github.com:443/a",
                "javascript:alert(1)",
            ),
            *("https://gіthub.com/a", "https://notgithub.com/a", "https://github.com/a\tb"),
        ],
    )
    def test_of_anything_else_are_refused(self, as_user, owner, url):
        client = as_user(owner)
        assert client.patch(ME, {"profile": {"github_url": url}}).status_code == 400
        assert client.post(PROJECTS, {"title": "t", "github_url": url}).status_code == 400

    @pytest.mark.parametrize("url", ["", "https://github.com/owl", "https://owl.github.io/nest/"])
    def test_are_taken(self, as_user, owner, url):
        assert as_user(owner).patch(ME, {"profile": {"github_url": url}}).status_code == 200


def test_answers_with_tokens_are_not_kept_by_anything_between(api, owner):
    login = {"email": owner.email, "password": PASSWORD}
    answers = [api.post(TOKEN, login), api.post(f"{TOKEN}refresh/")]
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {answers[1].json()['access']}")
    answers.append(api.post(CHANGE, {"old_password": PASSWORD, "new_password": "new-horse-9"}))
    assert [answer.status_code for answer in answers] == [200] * 3
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
