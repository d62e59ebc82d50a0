"""Names that arrive decomposed, as macOS sends them, mean the same people."""

import unicodedata

import pytest

from project.tests.factories import ProjectFactory
from user.tests.factories import UserFactory

NAME = "밤에만드는부엉이가족의긴이름을가진사람"
DECOMPOSED = unicodedata.normalize("NFD", NAME)


@pytest.fixture
def person(db):
    person = UserFactory(username=NAME)
    person.profile.chat_policy = "open"
    person.profile.save()
    return person


def test_a_page_is_found(api, person):
    assert api.get(f"/api/v1/users/{DECOMPOSED}/").json()["username"] == NAME
    assert api.get(f"/users/{DECOMPOSED}/feed.xml").status_code in {200, 301}


@pytest.mark.parametrize("query", ["search", "author"])
def test_projects_are_found(api, person, query):
    project = ProjectFactory(author=person)
    found = api.get("/api/v1/projects/", {query: DECOMPOSED}).json()["results"]
    assert [row["id"] for row in found] == [project.pk]


def test_bookmarks_are_found(api, as_user, person):
    project = ProjectFactory()
    as_user(person).put(f"/api/v1/projects/{project.pk}/bookmark/")
    found = api.get("/api/v1/projects/", {"bookmarked_by": DECOMPOSED}).json()["results"]
    assert [row["id"] for row in found] == [project.pk]


def test_a_person_is_found_and_a_name_is_taken(api, person):
    assert api.get("/api/v1/users/", {"search": DECOMPOSED}).json()["results"]
    asked = {"username": DECOMPOSED}
    assert api.get("/api/v1/auth/availability/", asked).json() == {"available": False}


def test_a_person_can_be_followed_and_asked_and_blocked(as_user, person):
    me = as_user(UserFactory())
    assert me.put(f"/api/v1/users/{DECOMPOSED}/follow/").status_code == 200
    assert me.post("/api/v1/rooms/", {"partner": DECOMPOSED}).status_code == 201
    assert me.put(f"/api/v1/users/{DECOMPOSED}/block/").status_code == 200
