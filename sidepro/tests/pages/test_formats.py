"""What machines read, against the schemas of its formats (formats/)."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from project.models import Picture
from project.tests.factories import ProjectFactory
from sidepro.tests.pages.test_pages import EVIL, INDEX, Reader
from user.models import Skill
from user.tests.factories import ImageFactory, UserFactory

pytestmark = pytest.mark.django_db

FORMATS = Path(__file__).parent / "formats"
SITE = "https://sidepro.example"
VOCABULARY: dict[str, dict[str, Any]] = json.loads((FORMATS / "schema.org.json").read_text())
PAGES = ["/", "/projects", "/projects/1", "/users/owner", "/skills/django", "/people", "/terms"]


@pytest.fixture(autouse=True)
def world(settings, tmp_path, owner):
    """A built front end, and a person with projects whose words try to break out."""
    settings.FRONTEND_URL, settings.FRONTEND_DIR = SITE, tmp_path
    (tmp_path / "index.html").write_text(INDEX)
    owner.profile.description = EVIL
    owner.profile.github_url = "https://github.com/owl"
    owner.profile.image = ImageFactory(owner=owner)
    owner.profile.save()
    owner.profile.skills.set(Skill.objects.filter(name="Django"))
    Skill.objects.filter(name="Django").update(project_count=2)
    project = ProjectFactory(
        pk=1,
        author=owner,
        title=EVIL,
        summary=f"{EVIL}\x0b",
        content_html=f"<p>{EVIL}</p>",
        github_url="https://github.com/owl/app",
        thumbnail=ImageFactory(owner=owner),
        skills=["Django"],
    )
    Picture.objects.create(project=project, image=ImageFactory(owner=owner), position=0)
    ProjectFactory(author=UserFactory(username="b.o-ra"), skills=["Django"], summary="")


def faults(thing: Any, expected: list[str]) -> list[str]:
    """Where a piece of JSON-LD is not as schema.org's vocabulary has it."""
    if isinstance(thing, list):
        return [fault for one in thing for fault in faults(one, expected)]
    if not isinstance(thing, dict):
        kind = "Number" if isinstance(thing, int) else "Text"
        if kind == "Text" and "URL" in expected and str(thing).startswith("https://"):
            return []
        return [] if kind in expected else [f"{thing!r} is none of {expected}"]
    kind = thing["@type"]
    found = [] if not expected or kind in expected else [f"{kind} is none of {expected}"]
    properties = VOCABULARY[kind]
    for name, value in thing.items():
        if name in {"@type", "@context", "query-input"}:
            continue
        if name not in properties:
            found.append(f"{kind} has no {name}")
        else:
            found += faults(value, properties[name])
    return found


@pytest.mark.parametrize("path", PAGES)
def test_json_ld_uses_types_and_properties_of_schema_org(client, path):
    page = Reader(client.get(path).text)
    (text,) = [
        script
        for script, (_, attrs) in zip(
            page.scripts, [tag for tag in page.tags if tag[0] == "script"], strict=True
        )
        if attrs.get("type") == "application/ld+json"
    ]
    said = json.loads(text)
    assert said["@context"] == "https://schema.org"
    assert faults(said, []) == []


def test_the_check_of_json_ld_notices_what_is_wrong():
    wrong = {"@type": "Person", "nickname": "x", "url": 5, "image": {"@type": "ItemList"}}
    assert len(faults(wrong, ["Organization"])) == 4


@pytest.mark.parametrize("path", ["/feed.xml", "/users/owner/feed.xml", "/skills/django/feed.xml"])
def test_feeds_are_atom(client, path):
    grammar = etree.RelaxNG(etree.parse(FORMATS / "atom.rng"))
    feed = etree.fromstring(client.get(path).content)
    assert grammar.validate(feed), grammar.error_log
    assert feed.findall("{*}entry")
    feed.remove(feed.find("{*}id"))
    assert not grammar.validate(feed)


@pytest.mark.parametrize("section", ["screens", "projects", "people", "skills"])
def test_sitemaps_are_what_sitemaps_org_asks_for(client, section):
    schema = etree.XMLSchema(etree.parse(FORMATS / "sitemap.xsd"))
    for path in ("/sitemap.xml", f"/sitemap-{section}.xml"):
        sitemap = etree.fromstring(client.get(path).content)
        assert schema.validate(sitemap), schema.error_log
        assert all(one.text.startswith(SITE) for one in sitemap.iter("{*}loc"))
        assert len(sitemap)


@pytest.mark.parametrize("path", ["/projects/1", "/users/owner", "/skills/django"])
def test_oembed_answers_are_links_with_what_a_link_must_have(client, path):
    schema = json.loads((FORMATS / "oembed.json").read_text())
    for query in ({}, {"maxwidth": 100}):
        answer = client.get("/oembed", {"url": SITE + path, **query}).json()
        Draft202012Validator(schema).validate(answer)
