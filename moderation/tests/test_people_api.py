"""The list of people: whom it finds, for whom, and what it costs."""

import pytest

from moderation.services import block
from user.constants import ChatPolicy
from user.tests.factories import UserFactory

PEOPLE = "/api/v1/users/"

pytestmark = pytest.mark.django_db


def names(response):
    assert response.status_code == 200, response.content
    return [person["username"] for person in response.json()["results"]]


def person(username, *, skills=(), active=True, **profile):
    user = UserFactory(username=username, skills=skills, is_active=active)
    for name, value in profile.items():
        setattr(user.profile, name, value)
    user.profile.save()
    return user


@pytest.fixture
def crowd():
    person("seoul-django", skills=["Django", "Redis"], region="seoul", meet_time="weekends")
    person("busan-react", skills=["React"], region="busan", description="고양이 지도를 만들어요")
    person("open-go", skills=["Go", "Django"], chat_policy=ChatPolicy.OPEN)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["open-go", "busan-react", "seoul-django"]),
        ({"skills": "장고"}, ["open-go", "seoul-django"]),
        ({"skills": "리액트,Go"}, ["open-go", "busan-react"]),
        ({"skills": "Django,Redis", "skills_match": "all"}, ["seoul-django"]),
        ({"skills": "Django,없는것", "skills_match": "all"}, []),
        ({"skills": "없는것"}, []),
        ({"region": "busan"}, ["busan-react"]),
        ({"meet_time": "weekends"}, ["seoul-django"]),
        ({"open": "1"}, ["open-go"]),
        ({"search": "고양이 지도"}, ["busan-react"]),
        ({"search": "DJANGO"}, ["seoul-django"]),
        ({"search": "ｄｊａｎｇｏ"}, ["seoul-django"]),
        ({"search": "이"}, ["busan-react"]),
        ({"search": "react 지도"}, ["busan-react"]),
        ({"search": "고양이 seoul"}, []),
        ({"search": "🦉"}, []),
        ({"search": "고 " * 50}, ["busan-react"]),
        ({"search": "\\"}, []),
        ({"search": "_"}, []),
        ({"search": "%"}, []),
    ],
)
def test_people_are_found_by_stack_region_time_and_words(api, crowd, query, found):
    assert names(api.get(PEOPLE, query)) == found


@pytest.mark.parametrize(
    "query",
    [
        {"region": "mars"},
        {"meet_time": "never"},
        {"skills_match": "some"},
        {"skills": ",".join(f"s{n}" for n in range(11))},
        {"search": "x" * 101},
        {"search": "\x00"},
        {"cursor": "forged"},
    ],
)
def test_a_query_of_other_words_is_400(api, crowd, query):
    assert api.get(PEOPLE, query).status_code == 400


def test_who_does_not_want_to_be_found_or_is_suspended_is_not_there(api, as_user, crowd, stranger):
    person("hidden", discoverable=False)
    person("suspended", active=False)
    assert names(api.get(PEOPLE))[0] == "stranger"
    assert {"hidden", "suspended", "stranger"}.isdisjoint(names(as_user(stranger).get(PEOPLE)))


def test_a_block_hides_both_from_each_other_and_from_no_one_else(api, as_user, owner, partner):
    block(owner, partner)
    assert names(as_user(owner).get(PEOPLE)) == []
    assert names(as_user(partner).get(PEOPLE)) == []
    assert set(names(api.get(PEOPLE))) == {"owner", "partner"}


def test_no_email_and_no_policy_is_shown(api, crowd):
    shown = api.get(PEOPLE).json()["results"][0]
    assert set(shown) == {"username", "joined_at", "profile"}
    assert {"chat_policy", "discoverable"}.isdisjoint(shown["profile"])


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_costs_the_same_for_one_and_for_twenty(
    as_user, stranger, number, django_assert_num_queries
):
    UserFactory.create_batch(number, skills=["Django", "Redis"])
    client = as_user(stranger)
    with django_assert_num_queries(4):
        assert len(names(client.get(PEOPLE, {"skills": "Django"}))) == number


def test_pages_lead_through_everyone_once(api):
    UserFactory.create_batch(7)
    url, seen = f"{PEOPLE}?page_size=3", []
    while url:
        answer = api.get(url)
        seen += names(answer)
        url = answer.json()["next"]
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("limit", ["COMMON_AMONG_NEWEST", "MOST_CANDIDATES"])
def test_a_common_word_finds_people_by_walking_the_list(api, crowd, monkeypatch, limit):
    monkeypatch.setattr(f"user.search.{limit}", 0)
    assert names(api.get(PEOPLE, {"search": "e"})) == ["open-go", "busan-react", "seoul-django"]
    assert names(api.get(PEOPLE, {"search": "지도"})) == ["busan-react"]
