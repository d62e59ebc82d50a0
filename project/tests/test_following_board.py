"""The part of the board that a person follows, and how many projects a query finds."""

import pytest

from moderation.services import block
from notification.services import set_follow
from project import constants, views
from project.tests.factories import ProjectFactory
from user.models import Skill
from user.tests.factories import UserFactory

BOARD = "/api/v1/projects/"


def titles(answer):
    assert answer.status_code == 200, answer.content
    return {card["title"] for card in answer.json()["results"]}


@pytest.fixture
def scene(owner, partner, stranger):
    ProjectFactory(title="by partner", author=partner)
    ProjectFactory(title="with Go", author=stranger, skills=["Go"])
    ProjectFactory(title="neither", author=stranger, skills=["Django"])
    ProjectFactory(title="my own Go", author=owner, skills=["Go"])
    set_follow(owner, partner, following=True)
    set_follow(owner, Skill.objects.get(name="Go"), following=True)


@pytest.mark.usefixtures("scene")
class TestFollowing:
    def test_shows_projects_of_people_and_skills_that_i_follow_but_not_my_own(self, as_user, owner):
        assert titles(as_user(owner).get(BOARD, {"following": 1})) == {"by partner", "with Go"}

    def test_goes_together_with_the_other_filters(self, as_user, owner):
        answer = as_user(owner).get(BOARD, {"following": 1, "search": "with", "ordering": "views"})
        assert titles(answer) == {"with Go"}

    def test_leaves_out_whom_i_block(self, as_user, owner, stranger):
        block(owner, stranger)
        assert titles(as_user(owner).get(BOARD, {"following": 1})) == {"by partner"}

    def test_is_empty_for_those_who_follow_nothing(self, as_user, partner):
        assert titles(as_user(partner).get(BOARD, {"following": 1})) == set()

    def test_asks_visitors_to_log_in(self, api):
        assert api.get(BOARD, {"following": 1}).status_code == 401
        assert api.get(BOARD + "count/", {"following": 1}).status_code == 401
        assert len(titles(api.get(BOARD, {"following": 0}))) == 4

    def test_costs_one_query_whatever_i_follow(self, as_user, owner, django_assert_num_queries):
        for person in UserFactory.create_batch(5):
            set_follow(owner, person, following=True)
            ProjectFactory.create_batch(2, author=person)
        client = as_user(owner)
        with django_assert_num_queries(2):  # and one for who is asking
            client.get(BOARD, {"following": 1})


class TestCount:
    def test_says_how_many_projects_a_query_finds(self, api, db):
        for number in range(3):
            ProjectFactory(title=f"부엉이 {number}")
        ProjectFactory(title="부엉이", is_hidden=True)
        ProjectFactory(title="토끼")
        answer = api.get(BOARD + "count/", {"search": "부엉이"})
        assert answer.json() == {"count": 3, "more": False}

    def test_stops_counting_where_nobody_needs_it(self, api, db, monkeypatch):
        monkeypatch.setattr(views, "COUNTED_MAX", 2)
        ProjectFactory.create_batch(3)
        assert api.get(BOARD + "count/").json() == {"count": 2, "more": True}
        assert constants.COUNTED_MAX == 1000

    def test_refuses_what_the_board_refuses(self, api, db):
        assert api.get(BOARD + "count/", {"ordering": "random"}).status_code == 400
