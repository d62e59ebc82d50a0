"""What answers say besides their body: whether it has changed, and how many requests are left."""

import re

import pytest
from rest_framework.throttling import SimpleRateThrottle

from moderation.models import Block
from project.models import Project
from project.tests.factories import ProjectFactory
from user.models import Skill
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

AVAILABILITY = "/api/v1/auth/availability/?username=nobody"
CONDITIONAL = ["skills/", "skills/python/", "users/", "users/owner/", "projects/", "projects/1/"]


@pytest.fixture
def world(owner):
    owner.profile.skills.add(Skill.objects.get(name="Python"))
    return ProjectFactory(pk=1, author=owner, skills=["Python"])


@pytest.mark.parametrize("path", CONDITIONAL)
def test_who_has_the_answer_already_gets_304_without_a_body(api, world, path):
    path = f"/api/v1/{path}"
    api.get(path)  # counts a view
    first = api.get(path)
    again = api.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert api.get(path, headers={"If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize("path", ["users/", "projects/", "projects/1/"])
def test_what_depends_on_the_viewer_is_kept_by_no_shared_cache(api, as_user, world, partner, path):
    path = f"/api/v1/{path}"
    mine, visitors = as_user(partner).get(path), api.get(path)
    assert {"private", "no-cache"} <= set(mine["Cache-Control"].split(", "))
    assert "Authorization" in mine["Vary"]
    assert mine["Vary"] == visitors["Vary"]
    assert "Cache-Control" not in visitors  # what Nginx would follow instead of its own rule


def test_a_visitors_tag_is_not_taken_for_the_viewers_own_answer(api, as_user, world, partner):
    client = as_user(partner)
    for path, change in (
        ("/api/v1/projects/1/", lambda: client.put("/api/v1/projects/1/bookmark/")),
        ("/api/v1/users/", lambda: Block.objects.create(blocker=partner, blocked=world.author)),
    ):
        client.get(path)
        tag = client.get(path)["ETag"]
        change()
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
        visitor = api.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": visitor}).status_code == 200


def test_the_tag_of_a_read_project_is_one_to_change_it_by(as_user, world):
    client = as_user(world.author)
    tag = client.get("/api/v1/projects/1/")["ETag"]
    change = {"title": "neu"}
    assert client.patch("/api/v1/projects/1/", change, headers={"If-Match": tag}).status_code == 200
    assert client.patch("/api/v1/projects/1/", change, headers={"If-Match": tag}).status_code == 412
    assert Project.objects.get().version == 2


def test_a_renamed_skill_or_person_is_another_answer(api, world):
    tags = [api.get(f"/api/v1/{path}")["ETag"] for path in ("skills/python/", "users/owner/")]
    world.author.profile.description = "neu"
    world.author.profile.save()
    Skill.objects.filter(name="Python").update(people_count=7)
    for path, tag in zip(("skills/python/", "users/owner/"), tags, strict=True):
        answer = api.get(f"/api/v1/{path}", headers={"If-None-Match": tag})
        assert (answer.status_code, answer["ETag"] != tag) == (200, True)


def test_a_limited_answer_says_how_many_requests_are_left(api, monkeypatch):
    rates = SimpleRateThrottle.THROTTLE_RATES | {"availability": "2/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    answers = [api.get(AVAILABILITY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"availability";q=2;w=60'}
    left = [re.fullmatch(r'"availability";r=(\d+);t=(\d+)', one["RateLimit"]) for one in answers]
    assert [int(found[1]) for found in left if found] == [1, 0, 0]
    assert all(0 < int(found[2]) <= 60 for found in left if found)
    assert int(answers[2]["Retry-After"]) <= 60


def test_an_answer_with_several_limits_names_each(api):
    answer = api.post("/api/v1/auth/token/", {"email": "a@example.com", "password": "x"})
    names = re.findall(r'"(\w+)"', answer["RateLimit-Policy"])
    assert names == ["login", "login_address"]
    assert re.findall(r'"(\w+)"', answer["RateLimit"]) == names


def test_reading_is_not_limited_and_says_nothing_of_limits(api, as_user, world):
    assert "RateLimit" not in api.get("/api/v1/projects/")
    assert "RateLimit" not in as_user(UserFactory()).get("/api/v1/projects/")
    assert "RateLimit" in as_user(UserFactory()).put("/api/v1/projects/1/bookmark/")
