"""Projects like another one: which, in which order, for whom, and at what cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.services import block
from project.services import refresh_skill_counts
from project.tests.factories import ProjectFactory
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def similar(client, project):
    response = client.get(f"/api/v1/projects/{project.pk}/similar/")
    assert response.status_code == 200, response.content
    return [card["title"] for card in response.json()["results"]]


def test_a_rare_skill_in_common_says_more_than_a_common_one(api):
    project = ProjectFactory(skills=["Python", "Rust"])
    ProjectFactory(title="드문 기술", skills=["Rust"])
    ProjectFactory.create_batch(5, skills=["Python"])
    ProjectFactory(title="둘 다", skills=["Python", "Rust"])
    refresh_skill_counts()
    assert similar(api, project)[:2] == ["둘 다", "드문 기술"]


def test_of_those_equally_like_it_the_newest_comes_first(api):
    project = ProjectFactory(skills=["Django"])
    now = timezone.now()
    for days in (2, 0, 1):
        ProjectFactory(
            title=f"{days}일 전", skills=["Django"], created_at=now - timedelta(days=days)
        )
    assert similar(api, project) == ["0일 전", "1일 전", "2일 전"]


def test_six_at_most_never_itself_and_nothing_without_a_skill_in_common(api):
    project = ProjectFactory(title="이것", skills=["Django"])
    other = ProjectFactory(title="다른 기술", skills=["Rust"])
    ProjectFactory.create_batch(8, title="비슷한 것", skills=["Django", "Redis"])
    assert similar(api, project) == ["비슷한 것"] * 6
    assert similar(api, other) == []
    assert similar(api, ProjectFactory()) == []


def test_shows_nothing_that_lists_do_not_show_the_viewer(api, as_user, stranger):
    project = ProjectFactory(skills=["Django"])
    ProjectFactory(skills=["Django"], is_hidden=True)
    ProjectFactory(skills=["Django"], author=UserFactory(is_active=False))
    blocked = UserFactory()
    ProjectFactory(title="막은 사람의 것", skills=["Django"], author=blocked)
    block(stranger, blocked)
    assert similar(api, project) == ["막은 사람의 것"]
    assert similar(as_user(stranger), project) == []


def test_a_project_that_nobody_sees_is_like_none(api):
    hidden = ProjectFactory(is_hidden=True, skills=["Django"])
    assert api.get(f"/api/v1/projects/{hidden.pk}/similar/").status_code == 404
    assert api.get("/api/v1/projects/999999/similar/").status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_four_queries_however_many_are_like_it(api, django_assert_num_queries, number):
    project = ProjectFactory(skills=["Django", "Redis"])
    ProjectFactory.create_batch(number, skills=["Django", "Redis"], comments=1)
    with django_assert_num_queries(4):
        similar(api, project)
