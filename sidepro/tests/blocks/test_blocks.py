"""Blocks over HTTP, by `block_table`: every endpoint but those of rooms, and the pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from django.conf import settings
from rest_framework.test import APIClient

from ai.similarity.job import build_similarity
from moderation.services import block, unblock
from notification.services import set_follow
from project.comments import write_comment
from project.models import Comment, Project
from project.services import set_bookmark
from project.tests.factories import CommentFactory, ProjectFactory
from sidepro.tests.blocks.block_table import APART, ENDPOINTS, PAGES, PUBLIC, REFUSED, SPARED
from user.models import User
from user.tests.factories import UserFactory

SCHEMA = settings.BASE_DIR / "sidepro" / "schema.yaml"


def documented() -> set[str]:
    """Every "method path" of the API."""
    paths = yaml.safe_load(SCHEMA.read_text("utf-8"))["paths"]
    return {
        f"{method} {path.removeprefix('/api/v1/')}"
        for path, methods in paths.items()
        for method in methods
        if path.startswith("/api/v1/")
    }


def test_every_endpoint_says_what_a_block_does_there():
    assert documented() == set(ENDPOINTS)


@dataclass(frozen=True)
class Scene:
    """Two people who share a stack, a taste and a discussion, and another user."""

    blocker: User
    blocked: User
    stranger: User
    project_of: dict[User, Project]
    comment_of: dict[User, Comment]
    sign_in: Callable[[User], APIClient]

    def other(self, user: User) -> User:
        """Whom the block parts this person from; for the stranger, the blocker."""
        return self.blocked if user == self.blocker else self.blocker

    def ask(self, user: User, endpoint: str, body: Any = None, query: str = "") -> Any:
        """One request about the other person's things; about their own comment, to change one, and
        about what is like their own project.
        """
        method, path = endpoint.split(" ")
        other = self.other(user)
        owned = self.project_of[user if "similar" in path else other].pk
        if "comments/{" in path:
            owned = self.comment_of[user].pk
        path = path.format(username=other.username, id=owned, slug="django")
        return getattr(self.sign_in(user), method)(f"/api/v1/{path}{query}", body)


@pytest.fixture
def scene(as_user, owner, partner):
    """The owner is going to block the partner. Each comments on the other's project."""
    stranger = UserFactory.create(username="stranger", skills=["Django", "Redis"])
    people = [owner, stranger, partner]
    for person in people:
        person.profile.skills.set(stranger.profile.skills.all())
    projects = {
        person: ProjectFactory(author=person, title=f"{person.username}-made", skills=["Django"])
        for person in people
    }
    third = ProjectFactory(title="third", author=UserFactory.create(username="third"))
    for person in people:
        for project in projects.values():
            write_comment(Comment(author=person, project=project, body="좋네요"))
    comments = {
        person: Comment.objects.get(
            author=person, project=projects[partner if person == owner else owner]
        )
        for person in people
    }
    for person in people:
        CommentFactory(author=person, project=third, body=f"{person.username}-said")
        set_bookmark(person, third.pk, bookmarked=True)
        for other in people:
            if other != person:
                set_follow(person, other, following=True)
    build_similarity()
    return Scene(owner, partner, stranger, projects, comments, as_user)


# What is read of the two, and where: an endpoint may be asked in several ways.
READ = [
    ("get users/{username}/", ""),
    ("get users/{username}/follow/", ""),
    ("get follows/", ""),
    ("get users/", ""),
    ("get users/", "?open=1"),
    ("get users/", "?search=partner"),
    ("get projects/", ""),
    ("get projects/", "?ordering=popular"),
    ("get projects/", "?search=made"),
    ("get projects/", "?ordering=trending"),
    ("get projects/", "?following=1"),
    ("get projects/count/", "?search=nobody-made-this"),
    ("get projects/", "?skills=Django"),
    ("get projects/", "?author=owner"),
    ("get projects/", "?author=partner"),
    ("get projects/", "?bookmarked_by=third"),
    ("get projects/", "?page_size=1"),
    ("get projects/{id}/similar/", ""),
    ("get projects/{id}/comments/", ""),
    ("get recommendations/", ""),
    ("get recommendations/people/", ""),
    ("get recommendations/starters/", ""),
    ("get skills/", ""),
    ("get skills/{slug}/", ""),
    ("get notifications/", ""),
    ("get notifications/unread/", ""),
    ("get notifications/settings/", ""),
    ("get notifications/push/", ""),
    ("get users/me/", ""),
    ("get blocks/", ""),
]
WRITTEN: list[tuple[str, Any]] = [
    ("put projects/{id}/bookmark/", None),
    ("delete projects/{id}/bookmark/", None),
    ("put projects/{id}/dismissal/", None),
    ("put users/{username}/follow/", None),
    ("post projects/{id}/comments/", {"body": "한마디"}),
    ("patch comments/{id}/", {"body": "고친 말"}),
    ("delete comments/{id}/", None),
    ("post reports/", {"kind": "user", "id": "third", "reason": "spam"}),
]


def test_every_list_of_people_and_what_they_made_is_read_below():
    lists = {name for name, effect in ENDPOINTS.items() if effect in {SPARED, APART}}
    assert lists <= {name for name, _ in READ}


@pytest.mark.parametrize(
    "endpoint", [name for name, effect in ENDPOINTS.items() if effect in {SPARED, APART}]
)
def test_without_a_block_the_two_find_each_other_there(scene, endpoint):
    """Else the test below would prove nothing."""
    found = "".join(
        scene.ask(scene.blocker, name, query=query).content.decode()
        for name, query in READ
        if name == endpoint
    )
    assert "partner" in found


@pytest.mark.parametrize(("endpoint", "query"), READ)
def test_reading_across_a_block(scene, endpoint, query):
    def answer(user):
        response = scene.ask(user, endpoint, query=query)
        assert response.status_code == 200
        # what counts up by itself, and where pages begin
        return re.sub(r'"(view_count":\d+|next":"[^"]*")', "", response.content.decode())

    people = (scene.stranger, scene.blocked, scene.blocker)
    stranger, blocked, blocker = (answer(user) for user in people)
    block(scene.blocker, scene.blocked)
    stranger_now, blocked_now, blocker_now = (answer(user) for user in people)

    assert stranger_now == stranger
    effect = ENDPOINTS[endpoint]
    if effect in {PUBLIC, SPARED}:
        assert blocked_now == blocked, "the blocked one could tell"
    if effect == APART:
        assert "owner" not in re.sub("owner@", "", blocked_now)
    if effect in {SPARED, APART}:
        assert "partner" not in blocker_now.replace("partner-made", "")
    if effect == PUBLIC and endpoint != "get blocks/":
        assert blocker_now == blocker


@pytest.mark.parametrize(("endpoint", "body"), WRITTEN)
@pytest.mark.parametrize("who", ["blocker", "blocked", "stranger"])
def test_writing_across_a_block(scene, who, endpoint, body):
    block(scene.blocker, scene.blocked)
    user = getattr(scene, who)
    response = scene.ask(user, endpoint, body)
    if ENDPOINTS[endpoint] == REFUSED and who != "stranger":
        assert response.status_code == 409
        assert response.json()["errors"][0]["code"] == "not_accepting"
    else:
        assert response.status_code in {200, 201, 204}, response.content


def test_a_refused_comment_leaves_nothing_behind(scene):
    block(scene.blocker, scene.blocked)
    before = list(Comment.objects.order_by("pk").values_list("pk", "body"))
    scene.ask(scene.blocked, "post projects/{id}/comments/", {"body": "한마디"})
    scene.ask(scene.blocked, "patch comments/{id}/", {"body": "고친 말"})
    assert list(Comment.objects.order_by("pk").values_list("pk", "body")) == before


def test_a_reply_does_not_reach_the_other_under_somebody_elses_project(scene):
    block(scene.blocker, scene.blocked)
    third = Project.objects.get(title="third")
    said = Comment.objects.get(body="owner-said")
    path = f"/api/v1/projects/{third.pk}/comments/"
    reply = {"body": "답글", "parent": said.pk}
    assert scene.sign_in(scene.blocked).post(path, reply).status_code == 409
    assert scene.sign_in(scene.stranger).post(path, reply).status_code == 201
    assert scene.sign_in(scene.blocked).post(path, {"body": "답글"}).status_code == 201


def test_the_blocker_sees_an_empty_place_where_others_answer_the_blocked_one(scene):
    third = Project.objects.get(title="third")
    said = Comment.objects.get(body="partner-said")
    CommentFactory(project=third, parent=said, author=scene.stranger, body="stranger-answered")
    block(scene.blocker, scene.blocked)
    path = f"/api/v1/projects/{third.pk}/comments/"
    rows = scene.sign_in(scene.blocker).get(path).json()["results"]
    place = next(row for row in rows if row["id"] == said.pk)
    assert (place["deleted"], place["author"], place["body"]) == (True, None, "")
    assert "stranger-answered" in [row["body"] for row in rows]


@pytest.mark.parametrize("endpoint", ["get projects/", "get projects/{id}/comments/"])
def test_a_block_costs_the_lists_no_query(scene, endpoint, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as before:
        scene.ask(scene.blocker, endpoint)
    block(scene.blocker, scene.blocked)
    for person in UserFactory.create_batch(5):
        block(scene.blocker, person)
    with django_assert_max_num_queries(len(before)):
        scene.ask(scene.blocker, endpoint)


def test_unblocking_brings_everything_back(scene):
    board = scene.ask(scene.blocker, "get projects/").json()["results"]
    block(scene.blocker, scene.blocked)
    unblock(scene.blocker, scene.blocked)
    assert scene.ask(scene.blocker, "get projects/").json()["results"] == board
    answer = scene.ask(scene.blocked, "post projects/{id}/comments/", {"body": "다시"})
    assert answer.status_code == 201


def test_pages_know_of_no_block_because_they_know_of_nobody(
    as_user, owner, partner, settings, tmp_path
):
    settings.FRONTEND_DIR = tmp_path
    (tmp_path / "index.html").write_text(
        "<!--page:head--><!--/page:head--><!--page:text--><!--/page:text-->"
    )
    project = ProjectFactory.create(author=owner, skills=["Django"])
    paths = [path.format(id=project.pk, username=owner.username) for path in PAGES]

    def answers(browser):
        found = [browser.get(path) for path in paths]
        return [(answer.status_code, answer.content) for answer in found]

    before = answers(APIClient())
    assert {status for status, _ in before} == {200}
    block(owner, partner)
    for person in (owner, partner):
        assert answers(as_user(person)) == before
