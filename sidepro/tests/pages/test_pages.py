"""Pages as a robot, a messenger's preview or a browser without scripts reads them."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from project.models import Project
from project.tests.factories import ProjectFactory
from sidepro.pages.shell import MARKS
from user.accounts import note_new_username
from user.models import Skill, User
from user.tests.factories import ImageFactory, UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://sidepro.example"
EVIL = """"'></script><script>alert(1)</script><!-- ]]> {{ x }} & 🦉 \u202eמשהו"""
INDEX = """<!doctype html><html lang="ko"><head><meta charset="utf-8" />
<!--page:head--><title>SidePro</title><!--/page:head-->
<script type="module" src="/assets/index.js"></script></head>
<body><div id="root"><!--page:text-->SidePro<!--/page:text--></div></body></html>"""


@pytest.fixture(autouse=True)
def built(tmp_path: Path, settings: Any) -> Path:
    """A built front end, and the site's address."""
    settings.FRONTEND_URL = SITE
    settings.FRONTEND_DIR = tmp_path
    index = tmp_path / "index.html"
    index.write_text(INDEX)
    return index


class Reader(HTMLParser):
    """What a page says: its tags with their attributes, its scripts' texts, its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self.title = ""
        self._inside: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")

    def hrefs(self) -> set[str | None]:
        """Where the page's links lead."""
        return {attrs.get("href") for tag, attrs in self.tags if tag == "a"}

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside == "title":
            self.title += data
        else:
            self.text += data

    def meta(self, name: str) -> str | None:
        for tag, attributes in self.tags:
            if tag == "meta" and name in (attributes.get("property"), attributes.get("name")):
                return attributes["content"]
        return None

    def link(self, rel: str) -> str | None:
        found = (a.get("href") for tag, a in self.tags if tag == "link" and a.get("rel") == rel)
        return next(found, None)

    def script(self, kind: str) -> Any:
        scripts = [a for tag, a in self.tags if tag == "script"]
        return next(
            json.loads(text)
            for a, text in zip(scripts, self.scripts, strict=True)
            if a.get("type") == kind
        )


def read(client: Client, path: str, status: int = 200) -> Reader:
    response = client.get(path)
    assert response.status_code == status, path
    return Reader(response.content.decode())


def test_a_project_is_described_and_readable_without_scripts(client):
    project = ProjectFactory(
        title="부엉이 시계", summary="밤을 세는 시계", content="# 시계\n\n**밤**"
    )
    page = read(client, f"/projects/{project.pk}")
    assert page.title == "부엉이 시계 · SidePro"
    assert page.meta("description") == page.meta("og:description") == "밤을 세는 시계"
    assert page.link("canonical") == page.meta("og:url") == f"{SITE}/projects/{project.pk}"
    assert page.meta("twitter:card") == "summary_large_image"
    assert page.meta("og:image") == f"{SITE}/og/projects/{project.pk}-1.png"
    assert "부엉이 시계" in page.text
    about = page.script("application/ld+json")
    assert about["@context"] == "https://schema.org"
    assert (about["@type"], about["name"]) == ("SoftwareSourceCode", "부엉이 시계")
    assert about["author"]["url"] == f"{SITE}/users/{project.author.username}"


def test_a_page_brings_what_the_api_would_answer(client):
    author = UserFactory(skills=["Django"])
    project = ProjectFactory(author=author, skills=["Django"])
    api = APIClient()
    found = read(client, f"/projects/{project.pk}").script("application/json")
    assert found == {
        "project": api.get(f"/api/v1/projects/{project.pk}/").json() | {"view_count": 0}
    }
    # the answers that the front end asks for: features/landing/live.ts, features/board/query.ts
    for path, query in (
        ("/", {"ordering": "trending", "page_size": 8}),
        ("/projects", {"ordering": "newest", "page_size": 12}),
        ("/projects?ordering=views", {"ordering": "views", "page_size": 12}),
        (f"/users/{author.username}", {"author": author.username}),
    ):
        (data,) = read(client, path).script("application/json")["lists"]
        assert data["filter"] == query
        assert (
            data["page"]["results"] == api.get("/api/v1/projects/", query).json()["results"] != []
        )
    person = read(client, f"/users/{author.username}").script("application/json")["user"]
    assert person == api.get(f"/api/v1/users/{author.username}/").json()
    skill = read(client, "/skills/django").script("application/json")
    assert skill["skill"] == api.get("/api/v1/skills/django/").json()
    assert [card["id"] for card in skill["lists"][0]["page"]["results"]] == [project.pk]
    people = read(client, "/people").script("application/json")["people"]
    assert people["results"] == api.get("/api/v1/users/").json()["results"]


def test_a_page_counts_no_view(client):
    project = ProjectFactory()
    read(client, f"/projects/{project.pk}")
    project.refresh_from_db()
    assert project.view_count == 0


def test_no_text_breaks_out_of_its_place(client):
    author = UserFactory()
    author.profile.description = EVIL
    author.profile.save()
    project = ProjectFactory(author=author, title=EVIL, summary=EVIL)
    for path in (
        f"/projects/{project.pk}",
        f"/users/{author.username}",
        "/",
        "/projects",
        "/people",
    ):
        response = client.get(path)
        page = Reader(response.content.decode())
        assert b"<script>alert" not in response.content
        assert len(page.scripts) == 3, path
        assert EVIL in json.dumps(page.script("application/json"), ensure_ascii=False).replace(
            '\\"', '"'
        )
        page.script("application/ld+json")
    page = read(client, f"/projects/{project.pk}")
    assert page.title == f"{EVIL} · SidePro"
    assert page.meta("og:title") == f"{EVIL} · SidePro"
    assert page.script("application/ld+json")["name"] == EVIL


def test_status_says_what_is_there(client):
    hidden = ProjectFactory(is_hidden=True)
    suspended = ProjectFactory(author=UserFactory(username="gone", is_active=False))
    deleted = ProjectFactory()
    newest = ProjectFactory()
    Project.objects.filter(pk=deleted.pk).delete()
    read(client, f"/projects/{newest.pk}")
    for path in (
        f"/projects/{hidden.pk}",
        f"/projects/{suspended.pk}",
        f"/projects/{newest.pk + 1}",
        "/projects/999999999999999",
        "/users/gone",
        "/users/nobody",
        "/skills/nothing",
        "/nothing/here",
        "/projects/0",
    ):
        page = read(client, path, 404)
        assert page.meta("robots") == "noindex"
        assert page.link("canonical") is None
        assert any(a.get("id") == "root" for _, a in page.tags)
    read(client, f"/projects/{deleted.pk}", 410)


def test_a_page_that_is_not_there_has_the_policy_of_the_others_also_while_debugging(
    client: Client, settings: Any
) -> None:
    settings.DEBUG = True
    policy = client.get("/nothing/here").headers["Content-Security-Policy"]
    assert policy == client.get("/login").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy


def test_a_person_who_is_suspended_is_gone_from_every_page(client):
    author = UserFactory(username="leaving")
    ProjectFactory(author=author, skills=["Django"])
    User.objects.filter(pk=author.pk).update(is_active=False)
    for path in ("/", "/projects", "/skills/django", "/people"):
        assert "leaving" not in client.get(path).content.decode()


def test_the_address_of_a_person_from_before_leads_to_the_one_they_have_now(client):
    person = UserFactory(username="밤부엉이")
    note_new_username(person, "owl")
    moved = client.get("/users/Owl/?tab=bookmarks")
    assert moved.status_code == 301
    assert moved["Location"] == f"/users/{quote('밤부엉이')}?tab=bookmarks"
    assert moved["Cache-Control"] == "public, max-age=5"  # not for ever, as browsers would else
    assert client.get("/users/owl/feed.xml")["Location"] == f"/users/{quote('밤부엉이')}/feed.xml"
    assert client.get("/users/%EB%B0%A4%EB%B6%80%EC%97%89%EC%9D%B4").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/users/owl").status_code == client.get("/users/owl/feed.xml").status_code
    assert client.get("/users/owl").status_code == 404


def test_everybody_gets_the_same_bytes(client):
    project = ProjectFactory()
    path = f"/projects/{project.pk}"
    plain = client.get(path)
    assert "public" in plain["Cache-Control"]
    client.force_login(UserFactory(is_staff=True))
    for headers in (
        {"Accept-Language": "en"},
        {"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https", "User-Agent": "Googlebot"},
    ):
        settings.ALLOWED_HOSTS.append("evil.example")
        try:
            assert client.get(path, headers=headers).content == plain.content
            assert b"evil.example" not in client.get("/projects", headers=headers).content
        finally:
            settings.ALLOWED_HOSTS.remove("evil.example")


def test_a_page_that_is_as_before_is_not_sent_again(client):
    project = ProjectFactory()
    path = f"/projects/{project.pk}"
    tag = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    Project.objects.filter(pk=project.pk).update(title="다른 제목")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_queries_do_not_grow_with_what_a_page_holds(client, django_assert_num_queries):
    author = UserFactory(username="writer", skills=["Django", "Python"])
    for _ in range(3):
        project = ProjectFactory(
            author=author,
            skills=["Django", "Python"],
            thumbnail=ImageFactory(owner=author),
            comments=2,
        )
    read(client, f"/projects/{project.pk}")  # similar ones are looked up once a minute
    for path, number in (
        (f"/projects/{project.pk}", 2),  # itself and what is like it
        ("/", 1),
        ("/projects", 1),
        ("/users/writer", 3),
        ("/people", 2),
        ("/skills/django", 5),
    ):
        with django_assert_num_queries(number):
            read(client, path)


def test_a_project_links_to_similar_ones_and_at_once_to_none_that_was_hidden(client):
    project, one, other = (ProjectFactory(title=t, skills=["Django"]) for t in ("a", "하나", EVIL))
    links = read(client, f"/projects/{project.pk}").hrefs()
    assert {f"/projects/{one.pk}", f"/projects/{other.pk}"} <= links
    Project.objects.filter(pk=one.pk).update(is_hidden=True)
    links = read(client, f"/projects/{project.pk}").hrefs()
    assert f"/projects/{one.pk}" not in links
    assert f"/projects/{other.pk}" in links
    User.objects.filter(pk=other.author_id).update(is_active=False)
    assert f"/projects/{other.pk}" not in read(client, f"/projects/{project.pk}").hrefs()


def test_a_front_end_that_is_not_built_is_said_clearly(client, built):
    built.unlink()
    response = client.get("/projects")
    assert response.status_code == 503
    assert "npm run build" in response.content.decode()


def test_a_front_end_of_another_version_goes_out_as_it_is(client, built):
    other = INDEX.replace("<!--/page:text-->", "")
    built.write_text(other)
    response = client.get("/projects")
    assert (response.status_code, response.content.decode()) == (200, other)


def test_every_screen_of_the_front_end_has_its_address(client):
    router = (settings.BASE_DIR / "frontend/src/app/router.tsx").read_text()
    ProjectFactory(pk=7, author__username="owl")
    values = {":id": "7", ":username": "owl", ":slug": Skill.objects.earliest("pk").slug}
    for path in re.findall(r'path: "([^"*]+)"', router):
        for name, value in values.items():
            path = path.replace(name, value)
        read(client, "/" + re.sub(r"/:\w+\?", "", path))
        read(client, "/" + re.sub(r":\w+\?", "0b9f5b3c-2f6e-4c57-9d0a-0d5a5a3f5f11", path))


def test_the_built_page_marks_its_places():
    html = (settings.BASE_DIR / "frontend/index.html").read_text()
    assert [html.count(mark) for mark in MARKS] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "title"), [("terms", "이용약관"), ("privacy", "개인정보 처리방침")]
)
def test_the_sites_own_terms_and_privacy_are_read_without_scripts(client, built, name, title):
    answer = client.get(f"/{name}")
    assert title in Reader(answer.text).title  # also by a build without the texts
    sections = [{"title": "계정", "text": "한 사람의 <계정>은 그 사람만 써요."}]
    legal = {"terms": {"sections": sections}, "privacy": {"sections": sections}}
    (built.parent / "legal.json").write_text(json.dumps(legal))
    page = Reader(client.get(f"/{name}").text)
    assert "한 사람의 <계정>은 그 사람만 써요." in page.text


@pytest.mark.parametrize(
    ("name", "title"), [("terms", "이용약관"), ("privacy", "개인정보 처리방침")]
)
def test_terms_and_privacy_are_the_sites_own_until_the_operator_has_others(
    client: Client, settings: Any, name: str, title: str
) -> None:
    answer = client.get(f"/{name}")
    assert answer.status_code == 200
    assert Reader(answer.content.decode()).title == f"{title} · SidePro"
    settings.TERMS_URL = settings.PRIVACY_URL = "https://operator.example/legal"
    answer = client.get(f"/{name}")
    assert (answer.status_code, answer["Location"]) == (302, "https://operator.example/legal")
