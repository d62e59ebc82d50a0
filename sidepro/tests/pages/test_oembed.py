"""oEmbed: what another site is given to show of a link to ours."""

from typing import Any
from urllib.parse import quote

import pytest

from project.tests.factories import ProjectFactory
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://sidepro.example"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.FRONTEND_URL = SITE


def embedded(client, path, **more):
    return client.get("/oembed", {"url": path if "://" in path else SITE + path, **more})


def test_a_project_is_a_link_with_its_author_and_card(client, owner):
    project = ProjectFactory(author=owner, title='"부엉이" <b>')
    assert embedded(client, f"/projects/{project.pk}").json() == {
        "version": "1.0",
        "type": "link",
        "title": '"부엉이" <b> · SidePro',
        "author_name": "owner",
        "author_url": f"{SITE}/users/owner",
        "provider_name": "SidePro",
        "provider_url": f"{SITE}/",
        "cache_age": 600,
        "thumbnail_url": f"{SITE}/og/projects/{project.pk}-1.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


@pytest.mark.parametrize("bound", [{"maxwidth": "600"}, {"maxheight": "629"}])
def test_a_card_that_is_larger_than_asked_for_is_left_out(client, bound):
    project = ProjectFactory()
    answer = embedded(client, f"/projects/{project.pk}", **bound).json()
    assert not [name for name in answer if name.startswith("thumbnail")]


def test_people_and_skills_are_links_too(client):
    UserFactory(username="밤부엉이")
    person = embedded(client, f"/users/{quote('밤부엉이')}").json()
    assert person["title"] == "밤부엉이 님 · SidePro"
    assert f"/og/users/{quote('밤부엉이')}-" in person["thumbnail_url"]
    skill = embedded(client, "/skills/django").json()
    assert skill["title"] == "Django · SidePro"
    assert "/og/skills/django-" in skill["thumbnail_url"]


def test_the_page_says_where_it_is_described_and_that_is_so(client, settings, tmp_path):
    index = "<!--page:head--><!--/page:head--><!--page:text--><!--/page:text-->"
    (tmp_path / "index.html").write_text(index)
    settings.FRONTEND_DIR = tmp_path
    person = UserFactory(username="밤부엉이")
    ProjectFactory(author=person)
    html = client.get(f"/users/{person.username}").content.decode()
    link = html.split('type="application/json+oembed"')[1].split('href="')[1].split('"')[0]
    answer = client.get(link.removeprefix(SITE))
    assert answer.json()["title"] == "밤부엉이 님 · SidePro"
    assert "json+oembed" not in client.get("/projects").content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/projects",
        "/projects/999999",
        "/users/nobody-here",
        "/chat",
        "https://evil.example/projects/1",
        "https://sidepro.example.evil/projects/1",
        "http://[",
    ],
)
def test_what_is_no_page_of_ours_is_not_described(client, url):
    assert embedded(client, url).status_code == 404


def test_hidden_projects_and_suspended_people_are_not_described(client):
    hidden = ProjectFactory(is_hidden=True)
    gone = UserFactory(is_active=False)
    assert embedded(client, f"/projects/{hidden.pk}").status_code == 404
    assert embedded(client, f"/users/{gone.username}").status_code == 404


def test_other_formats_are_not_implemented(client):
    project = ProjectFactory()
    assert embedded(client, f"/projects/{project.pk}", format="xml").status_code == 501


@pytest.mark.parametrize(
    "path",
    [
        "/oembed?url=https://evil.example/",
        "/og/projects/99-1.png",
        "/sitemap-none.xml",
        "/.well-known/security.txt",
    ],
)
def test_what_machines_miss_is_said_in_json_also_while_debug_is_on(client, settings, path):
    settings.DEBUG, settings.SECURITY_CONTACT = True, ""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert answer.json()["errors"][0]["code"] == "not_found"
