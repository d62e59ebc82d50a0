"""The demo is alive, sound, the same each time, and never in production."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from pytest_django import Settings
from rest_framework.test import APIClient

from ai.similarity.job import build_similarity
from chat.models import Message, Room
from project.constants import PROJECT_MAX_SKILLS, SUMMARY_MAX_LENGTH, TITLE_MAX_LENGTH
from project.models import Bookmark, Comment, Project
from sidepro.demo import art, screens, texts
from sidepro.demo.accounts import LOGINS
from user.constants import MeetTime, Region
from user.models import Image, Profile, Skill, User


@pytest.fixture
def demo(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's rows, with pictures that are drawn quickly."""
    settings.DEBUG = True
    monkeypatch.setattr(screens, "COVER", (320, 180))
    monkeypatch.setattr(art, "AVATAR", (32, 32))
    call_command("demo")


def test_texts_fit_the_sites_limits(db: None) -> None:
    skills = set(Skill.objects.values_list("name", flat=True))
    people, ideas = texts.people(), texts.ideas()
    for person in people:
        assert set(person.skills) <= skills, person
        assert person.region in Region.values
        assert person.meet_time in MeetTime.values
        User(email="a@example.com", username=person.username, password="x").clean_fields()
    for idea in ideas:
        assert set(idea.skills) <= skills, idea
        assert 1 <= len(idea.skills) <= PROJECT_MAX_SKILLS
        assert len(idea.title) <= TITLE_MAX_LENGTH
        assert len(idea.summary) <= SUMMARY_MAX_LENGTH
        assert idea.content
    assert len({person.username for person in people}) == len(people) >= 58
    assert len({idea.title for idea in ideas}) == len(ideas)


@pytest.mark.usefixtures("demo")
def test_counts_equal_the_rows() -> None:
    projects = Project.objects.annotate(rows=Count("bookmarks"))
    assert not projects.exclude(bookmark_count=F("rows")).exists()
    assert Bookmark.objects.exists()
    assert Comment.objects.exists()
    assert not Bookmark.objects.filter(created_at__lt=F("project__created_at")).exists()
    assert not Bookmark.objects.filter(user=F("project__author")).exists()
    django = Skill.objects.get(name="Django")
    assert django.people_count == django.profiles.count() > 0
    assert django.project_count == django.projects.count() > 0


@pytest.mark.usefixtures("demo")
def test_everything_can_be_found_and_has_its_picture() -> None:
    assert all(project.search_text for project in Project.objects.all())
    assert not Project.objects.filter(thumbnail=None).exists()
    assert not Profile.objects.filter(image=None).exists()
    for image in Image.objects.all()[:3]:
        assert image.file.size > 0
        assert image.card.size > 0


@pytest.mark.usefixtures("demo")
def test_second_time_adds_nothing() -> None:
    models = (User, Profile, Project, Comment, Bookmark, Image, Room, Message)
    before = [model.objects.count() for model in models]
    call_command("demo")
    assert [model.objects.count() for model in models] == before


@pytest.mark.usefixtures("demo")
def test_printed_logins_work() -> None:
    for login in LOGINS:
        body = {"email": login.email, "password": login.password}
        assert APIClient().post("/api/v1/auth/token/", body).status_code == 200
        assert User.objects.get(email=login.email).is_superuser is login.admin


@pytest.mark.usefixtures("demo")
def test_demo_person_knows_a_stack_and_has_projects() -> None:
    person = User.objects.get(email="demo@sidepro.dev")
    assert person.profile.skills.count() >= 3
    assert person.projects.exists()


@pytest.mark.usefixtures("demo")
def test_demo_person_has_coffee_chats_read_unread_and_left() -> None:
    person = User.objects.get(email="demo@sidepro.dev")
    rooms: Any = Room.objects.for_list(person)
    assert [room.unread_count for room in rooms.order_by("-updated_at")] == [1, 0, 1, 1, 0]
    assert sorted(room.status for room in rooms) == ["pending"] + ["stop"] * 4
    for room in rooms:
        seqs = room.messages.order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, room.last_seq + 1))


@pytest.mark.django_db
def test_name_that_a_real_person_has_is_left_to_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(screens, "COVER", (320, 180))
    monkeypatch.setattr(art, "AVATAR", (32, 32))
    name = texts.people()[0].username
    User.objects.create_user("real@example.com", name, "correct-horse-battery")
    call_command("demo")
    assert User.objects.get(username=name).email == "real@example.com"


@pytest.mark.django_db
def test_refuses_where_debug_is_off(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not User.objects.exists()


def test_pictures_are_the_same_for_the_same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "COVER", (320, 180))
    assert screens.cover("부엉이").tobytes() == screens.cover("부엉이").tobytes()
    assert screens.cover("부엉이").tobytes() != screens.cover("올빼미").tobytes()
    # What it is about decides what its screen shows.
    assert screens.cover("부엉이", "채팅").tobytes() != screens.cover("부엉이", "지도").tobytes()
    assert art.avatar("a").size == art.AVATAR


def test_the_demo_login_is_recommended_what_fits(demo: None, settings: Settings) -> None:
    build_similarity()
    login = next(login for login in LOGINS if not login.admin)
    person = User.objects.get(email=login.email)
    assert person.bookmarks.count() >= 5
    client = APIClient()
    client.force_authenticate(person)
    body = client.get("/api/v1/recommendations/").json()
    assert len(body["results"]) == 12
    assert body["source"][0] in {"similar_stack", "similar_taste"}
    fitting = [r for r in body["results"] if set(r["project"]["skills"]) & set(login.skills)]
    assert len(fitting) >= 11
    assert len(client.get("/api/v1/recommendations/people/").json()["results"]) >= 5
