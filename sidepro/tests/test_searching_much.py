"""Searches that cost too much: very many of them, very long ones, and those that never end."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.db import connection

from project.models import Project, ProjectQuerySet
from project.tests.factories import ProjectFactory
from sidepro.operation.dependencies import limit_statements
from user.api.throttling import SearchThrottle

BOARD = "/api/v1/projects/"
COUNT = "/api/v1/projects/count/"
PEOPLE = "/api/v1/users/"
SKILLS = "/api/v1/skills/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built(tmp_path, settings):
    settings.FRONTEND_DIR = tmp_path
    marks = "<!--page:head--><!--/page:head--><!--page:text--><!--/page:text-->"
    (tmp_path / "index.html").write_text(f"<html><head>{marks}</head></html>")


@pytest.fixture
def three_a_minute(monkeypatch):
    monkeypatch.setattr(SearchThrottle, "THROTTLE_RATES", {"search": "3/min"})


def use_up(client, paths=(BOARD, PEOPLE, SKILLS)):
    for number, path in enumerate(paths):
        assert client.get(path, {"search": f"word{number}"}).status_code == 200


class TestTooMany:
    def test_of_one_visitor_three_hundred_a_minute_are_answered(self, api, monkeypatch):
        monkeypatch.setattr(ProjectQuerySet, "matching", lambda projects, words: projects.none())
        statuses = [api.get(BOARD, {"search": f"w{n}"}).status_code for n in range(400)]
        assert statuses == [200] * 300 + [429] * 100

    @pytest.mark.parametrize("path", [BOARD, COUNT, PEOPLE, SKILLS])
    def test_are_counted_together_and_told_when_to_come_back(self, api, three_a_minute, path):
        use_up(api)
        answer = api.get(path, {"search": "one more"})
        assert answer.status_code == 429
        assert answer.json()["errors"][0]["code"] == "throttled"
        assert 0 < int(answer.headers["Retry-After"]) <= 60

    def test_leave_everything_else_open(self, api, three_a_minute):
        use_up(api)
        for path in (BOARD, f"{BOARD}?search=", f"{BOARD}?skills=Django", PEOPLE, SKILLS):
            assert api.get(path).status_code == 200

    def test_of_a_visitor_do_not_count_for_who_is_signed_in_at_that_address(
        self, api, as_user, owner, partner, three_a_minute
    ):
        for client in (api, as_user(owner), as_user(partner)):
            use_up(client, (BOARD, PEOPLE, COUNT))
            assert client.get(BOARD, {"search": "more"}).status_code == 429

    def test_count_at_the_page_of_the_board_as_well(self, api, three_a_minute):
        for number in range(3):
            page = api.get("/projects", {"search": f"word{number}"})
            assert page.status_code == 200
            assert "RateLimit" not in page.headers
        page = api.get("/projects", {"search": "more"})
        assert page.status_code == 429
        assert 0 < int(page.headers["Retry-After"]) <= 60
        assert page.headers["Cache-Control"] == "no-store"
        assert "Cookie" not in page.headers.get("Vary", "")
        assert api.get(BOARD, {"search": "more"}).status_code == 429
        assert api.get("/projects").status_code == 200

    def test_at_pages_of_one_visitor_do_not_count_for_another(self, api, three_a_minute):
        for number in range(4):
            api.get("/projects", {"search": f"word{number}"})
        other = api.get("/projects", {"search": "more"}, REMOTE_ADDR="192.0.2.7")
        assert other.status_code == 200


@pytest.mark.parametrize("path", [BOARD, COUNT, PEOPLE, SKILLS, "/projects"])
@pytest.mark.parametrize(
    "words",
    [
        *(
            "a",
            "가",
            "ㄱ",
            "🦉",
            "👩‍👩‍👧‍👦",
            "％",
            "_",
            "\\",
            "'",
            '"',
            "ｗｉｄｅ　ｗｏｒｄｓ",
            "\u202eabc",
        ),
        *("-a +b", "a & b | !c", "foo:*", "<->", "a* OR NOT b", "(((", "NEAR/3", "{}[]^$.*"),
        *("\x00", "a\x00b", "\ud800", "\u200b", " ", "%00"),
        " ".join("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"),
        " ".join(f"word{n}" for n in range(100)),
    ],
)
def test_no_search_is_an_error_of_ours(api, owner, path, words):
    ProjectFactory(author=owner, title="a b c 가")
    answer = api.get(path, {"search": words.encode("utf-8", "surrogatepass")})
    assert answer.status_code in {200, 400}


def test_a_search_of_fifty_words_finds_what_has_them_all(api, owner):
    words = [chr(ord("가") + 28 * n) for n in range(50)]
    found = ProjectFactory(author=owner, title="x", content=",".join(words))
    ProjectFactory(author=owner, title="y", content=",".join(words[:49]))
    cards = api.get(BOARD, {"search": " ".join(words)}).json()["results"]
    assert [card["id"] for card in cards] == [found.pk]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTooLong:
    @pytest.fixture(autouse=True)
    def _limited(self, settings):
        settings.STATEMENT_TIMEOUT = 1
        limit_statements(connection)
        yield
        connection.close()

    @pytest.mark.parametrize("path", [BOARD, COUNT, "/projects"])
    def test_a_search_that_does_not_end_is_503(self, api, owner, monkeypatch, path):
        ProjectFactory(author=owner)
        slow = Project.objects.extra(where=["pg_sleep(30) IS NOT NULL"])
        monkeypatch.setattr(
            ProjectQuerySet,
            "matching",
            lambda projects, words: projects.filter(pk__in=slow.values("pk")),
        )
        api.raise_request_exception = False
        answer = api.get(path, {"search": "word"})
        assert answer.status_code == 503
        assert answer.json()["errors"][0]["code"] == "service_unavailable"
        assert api.get(path).status_code == 200, "the connection goes on"

    def test_only_gunicorn_ends_statements(self):
        shows = "from django.db import connection as c\nk = c.cursor()\n"
        shows += "k.execute('SHOW statement_timeout')\nprint(k.fetchone()[0])"
        server = os.environ["DATABASE_URL"].rpartition("/")[0]
        environment = os.environ | {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}"}
        for module, expected in (("sidepro.wsgi", "10s"), ("sidepro.asgi", "0")):
            run = subprocess.run(
                [sys.executable, "-c", f"import {module}\n{shows}"],
                cwd=django_settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            assert run.stdout.split()[-1] == expected
