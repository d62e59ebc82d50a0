import os
import subprocess
import sys
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from ai.files import generations, health
from ai.similarity.job import build_similarity
from ai.tests.people import give, keep, person, project_by
from ai.tests.test_job import DAMAGES, crowd, damage
from project.models import Project
from user.models import User

pytestmark = pytest.mark.django_db
URL = "/api/v1/recommendations/"
QUERIES = 9


@pytest.fixture
def me():
    return person("Python", "Django", "Redis")


@pytest.fixture
def api(me):
    client = APIClient()
    client.force_authenticate(me)
    return client


@pytest.fixture
def folder(settings):
    return Path(settings.SIMILARITY_DIR)


def ids(response):
    assert response.status_code == 200, response.content
    return [result["project"]["id"] for result in response.json()["results"]]


def test_a_stranger_is_refused():
    assert APIClient().get(URL).status_code == 401


def test_projects_of_people_with_a_similar_stack_come_first_and_say_why(api, me):
    twin, cousin, other = (
        person("Python", "Django", "Redis"),
        person("Python", "Django", "AWS"),
        person("Swift"),
    )
    popular = project_by(other, bookmarks=50)
    shared = project_by(other, skills=["Django"], bookmarks=3)
    far, near = project_by(cousin), project_by(twin)
    build_similarity()
    response = api.get(URL)
    assert ids(response) == [near.pk, far.pk, shared.pk, popular.pk]
    body = response.json()
    assert [result["reason"] for result in body["results"]] == [
        {"kind": "similar_stack", "username": twin.username, "relation": "made", "score": 1.0,
         "shared_skills": ["Django", "Python", "Redis"]},
        {"kind": "similar_stack", "username": cousin.username, "relation": "made", "score": 0.5,
         "shared_skills": ["Django", "Python"]},
        {"kind": "shared_skills", "skills": ["Django"]},
        {"kind": "popular"},
    ]  # fmt: skip
    assert body["source"] == ["similar_stack", "shared_skills", "popular"]
    assert body["generated_at"]
    assert body["results"][0]["project"]["title"] == "A project"


def test_what_a_neighbour_bookmarked_is_not_said_to_be_theirs(api):
    twin, author = person("Python", "Django", "Redis"), person("COBOL")
    kept, made = project_by(author), project_by(twin)
    keep(twin, kept)
    build_similarity()
    relations = {
        result["project"]["id"]: (result["reason"]["username"], result["reason"]["relation"])
        for result in api.get(URL).json()["results"]
    }
    assert relations == {
        kept.pk: (twin.username, "bookmarked"),
        made.pk: (twin.username, "made"),
    }


def test_an_author_of_whom_i_bookmarked_something_comes_before_others(api, me):
    familiar, stranger = person("C"), person("C")
    kept, theirs, other = project_by(familiar), project_by(familiar), project_by(stranger)
    for project in (theirs, other):
        keep(person("Python", "Django", "Redis"), project)
    build_similarity()
    assert ids(api.get(URL))[:2] == [other.pk, theirs.pk]
    keep(me, kept)
    assert ids(api.get(URL))[:2] == [theirs.pk, other.pk]


def test_my_own_bookmarked_and_hidden_projects_are_left_out(api, me):
    twin, suspended = person("Python", "Django", "Redis"), person("Python", "Django", "Redis")
    mine, kept, hidden, theirs, good = (
        project_by(me), project_by(twin), project_by(twin), project_by(suspended), project_by(twin)
    )  # fmt: skip
    keep(me, kept)
    Project.objects.filter(pk=hidden.pk).update(is_hidden=True)
    build_similarity()
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    assert ids(api.get(URL)) == [good.pk]
    assert {mine.pk, theirs.pk}.isdisjoint(ids(api.get(URL)))


def test_a_neighbour_who_was_just_suspended_is_not_named(api):
    twin, author = person("Python", "Django", "Redis"), person("COBOL")
    kept = project_by(author, skills=["Redis"])
    keep(twin, kept)
    build_similarity()
    User.objects.filter(pk=twin.pk).update(is_active=False)
    response = api.get(URL)
    assert ids(response) == [kept.pk]
    assert response.json()["results"][0]["reason"] == {"kind": "shared_skills", "skills": ["Redis"]}


def test_no_more_than_two_of_one_author_whatever_the_reason(api):
    twin, other = person("Python", "Django", "Redis"), person("Swift")
    for _ in range(4):
        project_by(twin)
        project_by(other, skills=["Django"])
    build_similarity()
    response = api.get(URL)
    authors = [result["project"]["author"]["username"] for result in response.json()["results"]]
    assert sorted(authors) == sorted([twin.username, other.username] * 2)


def test_equally_similar_projects_stand_newest_first(api):
    twin, other = person("Python", "Django", "Redis"), person("Python", "Django", "Redis")
    old, new = project_by(twin), project_by(other)
    build_similarity()
    assert ids(api.get(URL)) == [new.pk, old.pk]


def test_limit_is_kept_and_checked(api):
    author = [person("Swift") for _ in range(5)]
    for i in range(10):
        project_by(author[i % 5])
    assert len(ids(api.get(URL, {"limit": 3}))) == 3
    assert len(ids(api.get(URL, {"limit": 50}))) == 10
    for bad in ["0", "51", "-1", "many", "1.5"]:
        assert api.get(URL, {"limit": bad}).status_code == 400


def test_an_empty_board_is_an_empty_list(api):
    body = api.get(URL).json()
    assert body == {"results": [], "generated_at": None, "source": []}


def test_without_skills_or_files_the_list_is_still_full(api, me):
    give(me)
    project = project_by(person("Swift"), skills=["Swift"])
    response = api.get(URL)
    assert ids(response) == [project.pk]
    assert response.json()["source"] == ["new"]
    build_similarity()
    assert ids(api.get(URL)) == [project.pk]


@pytest.mark.parametrize("how", DAMAGES)
def test_damaged_files_are_logged_and_never_an_error(api, folder, how, caplog):
    twin = person("Python", "Django", "Redis")
    project = project_by(twin, skills=["Django"])
    build_similarity()
    generations.cached_manifest.cache_clear()
    damage(folder, how)
    response = api.get(URL)
    assert ids(response) == [project.pk]
    assert response.json()["source"] == ["shared_skills"]
    if how == "CURRENT deleted":
        assert health.similarity_status()["status"] == "missing"
    else:
        assert "damaged" in caplog.text
        assert health.similarity_status()["status"] == "damaged"


def test_a_part_with_other_content_of_the_same_size_is_noticed(api, folder, caplog):
    project_by(person("Python", "Django"), skills=["Redis"])
    build_similarity()
    part = folder / (folder / "CURRENT").read_text() / "part-00000.csv"
    part.write_bytes(part.read_bytes().replace(b"0.6667", b"0.9999"))
    assert api.get(URL).json()["source"] == ["shared_skills"]
    assert "not what the job wrote" in caplog.text
    assert health.similarity_status()["status"] == "damaged"


def test_a_switch_between_two_reads_goes_unnoticed(api, me, monkeypatch):
    twin = person("Python", "Django", "Redis")
    project = project_by(twin)
    build_similarity()
    read_current = generations.current_generation
    switched = []

    def then_switch(store):
        name = read_current(store)
        if not switched:
            switched.append(True)
            give(twin, "Python", "Django")
            build_similarity(full=True)
            build_similarity(full=True)  # the generation just read is gone by now
        return name

    generations.cached_manifest.cache_clear()
    monkeypatch.setattr("ai.files.generations.current_generation", then_switch)
    response = api.get(URL)
    assert response.json()["source"] == ["similar_stack"]
    assert ids(response) == [project.pk]


@pytest.mark.parametrize("size", [3, 40])
def test_the_number_of_queries_does_not_depend_on_what_there_is(
    api, me, size, django_assert_num_queries
):
    users = crowd(size)
    give(users[0], "Python", "Django", "Redis")
    projects = [project_by(user, skills=["Python", "Go"], bookmarks=2) for user in users]
    for user in users:
        keep(user, projects[0])
        project_by(user)
    build_similarity()
    with django_assert_num_queries(QUERIES):
        response = api.get(URL, {"limit": 20})
    assert len(ids(response)) == min(20, 2 * size)


def test_a_request_computes_no_similarity_and_opens_one_part(api, monkeypatch, settings):
    settings.SIMILARITY_K = 100
    crowd(1200)
    build_similarity()
    import ai.files.storage
    import ai.similarity.kernels

    monkeypatch.delattr(ai.similarity.kernels, "search")
    opened = []
    read = ai.files.storage.LocalStore.read
    monkeypatch.setattr(
        ai.files.storage.LocalStore,
        "read",
        lambda self, name: opened.append(name) or read(self, name),
    )
    assert api.get(URL).status_code == 200
    assert len([name for name in opened if "part-" in name]) == 1
    assert len([name for name in opened if "taste-" in name]) == 1


def test_health_tells_the_age_and_a_job_that_no_longer_runs(folder, monkeypatch):
    assert health.similarity_status() == {"status": "missing"}
    person("Python")
    build_similarity()
    status = health.similarity_status()
    assert status["status"] == "ok"
    assert 0 <= status["age"] < 60
    (folder / "CHECKED").write_text("2020-01-01T00:00:00+00:00")
    assert health.similarity_status()["status"] == "stale"


def test_everybody_s_neighbours_can_be_read_back(settings):
    settings.SIMILARITY_K = 100
    users = crowd(1200)
    build_similarity()
    for user in users[::97]:
        _, found = generations.read_neighbours(settings.SIMILARITY_DIR, user.pk)
        assert len(found) == 100
        assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    assert generations.read_neighbours(settings.SIMILARITY_DIR, 10**9)[1] == []


def test_the_web_server_does_not_load_the_libraries_of_the_job():
    script = (
        "import sys, django; django.setup(); import sidepro.urls;"
        "print(sorted({'numba', 'pandas', 'sklearn', 'joblib', 'distributed'} & set(sys.modules)))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sidepro.settings"}
    output = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert output.strip() == "[]"
