"""What readers and machines ask for besides pages: feeds, sitemaps, fixed addresses."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from project.models import Project
from project.services import refresh_skill_counts
from project.tests.factories import ProjectFactory
from sidepro.pages.sitemaps import PagesSitemap
from user.models import User
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://sidepro.example"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
EVIL = "]]> </title><script>alert(1)</script> \"'& 🦉 \u202eמשהו"


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.FRONTEND_URL = SITE
    settings.FRONTEND_DIR = tmp_path
    (tmp_path / "index.html").write_text("<!doctype html>")


def xml(client: Any, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200, path
    return ET.fromstring(response.content)


def addresses(root: ET.Element) -> list[str | None]:
    return [element.text for element in root.iter(f"{MAP}loc")]


def test_a_feed_holds_the_newest_projects_with_their_text(client):
    author = UserFactory(username="부엉이")
    old = ProjectFactory(
        author=author, skills=["Django"], content="**굵게** ![](/media/images/a.webp)"
    )
    Project.objects.filter(pk=old.pk).update(
        title=EVIL, content_html='<p><img src="/media/images/a.webp"></p>', renderer_version=99
    )
    new = ProjectFactory(title="새것", summary="요약")
    feed = xml(client, "/feed.xml")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["새것", EVIL]
    assert entries[0].findtext(f"{ATOM}id") == f"{SITE}/projects/{new.pk}"
    assert entries[0].findtext(f"{ATOM}summary") == "요약"
    assert f'src="{SITE}/media/images/a.webp"' in (entries[1].findtext(f"{ATOM}content") or "")
    assert entries[1].findtext(f"{ATOM}author/{ATOM}name") == "부엉이"
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"{SITE}/feed.xml"]
    for path in ("/users/부엉이/feed.xml", "/skills/django/feed.xml"):
        (entry,) = xml(client, path).findall(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == EVIL


def test_no_feed_or_sitemap_tells_of_the_suspended_and_hidden(client):
    author = UserFactory(username="leaving")
    ProjectFactory(author=author, skills=["Django"])
    hidden = ProjectFactory(is_hidden=True, skills=["Django"])
    User.objects.filter(pk=author.pk).update(is_active=False)
    refresh_skill_counts()
    for path in ("/feed.xml", "/skills/django/feed.xml"):
        assert not xml(client, path).findall(f"{ATOM}entry")
    assert client.get("/users/leaving/feed.xml").status_code == 404
    assert client.get("/skills/nothing/feed.xml").status_code == 404
    hidden.author.profile.discoverable = False
    hidden.author.profile.save()
    for section in ("projects", "people", "skills"):
        assert addresses(xml(client, f"/sitemap-{section}.xml")) == []


def test_a_feed_takes_a_fixed_number_of_queries(client, django_assert_num_queries):
    ProjectFactory.create_batch(3, author=UserFactory(username="writer"))
    for path, number in (("/feed.xml", 1), ("/users/writer/feed.xml", 2)):
        with django_assert_num_queries(number):
            client.get(path)


def test_a_feed_that_is_as_before_is_not_sent_again(client):
    ProjectFactory()
    tag = client.get("/feed.xml")["ETag"]
    assert client.get("/feed.xml", headers={"If-None-Match": tag}).status_code == 304


def test_the_sitemap_lists_every_public_page_in_parts(client, monkeypatch):
    projects = ProjectFactory.create_batch(3, author=UserFactory(username="부엉이"), skills=["C#"])
    refresh_skill_counts()
    monkeypatch.setattr(PagesSitemap, "limit", 2)
    parts = addresses(xml(client, "/sitemap.xml"))
    assert f"{SITE}/sitemap-projects.xml?p=2" in parts
    pages = [
        page for part in parts for page in addresses(xml(client, str(part).removeprefix(SITE)))
    ]
    assert {f"{SITE}/projects/{project.pk}" for project in projects} <= set(pages)
    assert {f"{SITE}/", f"{SITE}/people", f"{SITE}/users/%EB%B6%80%EC%97%89%EC%9D%B4"} <= set(pages)
    for page in pages:
        assert client.get(str(page).removeprefix(SITE)).status_code == 200, page
    part = xml(client, "/sitemap-projects.xml")
    assert len(list(part.iter(f"{MAP}lastmod"))) == 2
    assert client.get("/sitemap-projects.xml?p=9").status_code == 404
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert PagesSitemap.limit <= 50_000


def test_robots_may_read_what_pages_are_drawn_from(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /api/\n" not in text
    assert "Disallow: /admin/" in text


def test_fixed_addresses(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@sidepro.example"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@sidepro.example\nExpires: 20" in text
    assert client.get("/.well-known/change-password")["Location"] == "/me"
