"""Whom the board notifies of comments, bookmarks, new and hidden projects."""

from typing import Any

import pytest

from moderation.services import block, decide, report
from notification import cron
from notification.constants import Kind
from notification.models import Announcement, Follow, Notification
from project.models import Comment, Project
from project.reportable import COMMENTS, PROJECTS, find_comment, find_project
from project.services import set_bookmark, set_hidden
from project.tests.factories import CommentFactory, ProjectFactory
from user.models import Skill, User

pytestmark = pytest.mark.django_db


def notified(reader: User) -> list[tuple[str, int]]:
    rows: Any = Notification.objects.for_list(reader).order_by("id")
    return [(row.kind, row.count) for row in rows]


def write(
    as_user: Any, author: User, project: Project, body: str, parent: int | None = None
) -> int:
    answer = as_user(author).post(
        f"/api/v1/projects/{project.pk}/comments/", {"body": body, "parent": parent}
    )
    assert answer.status_code == 201, answer.data
    return int(answer.data["id"])


def test_a_comment_reaches_the_author_a_reply_both_and_a_mention_the_one_named(
    as_user: Any, owner: User, partner: User, stranger: User
) -> None:
    project = ProjectFactory.create(author=owner)
    first = write(as_user, partner, project, "좋네요")
    assert notified(owner) == [(Kind.COMMENT, 1)]
    write(as_user, stranger, project, "저도요", first)
    assert notified(partner) == [(Kind.REPLY, 1)]
    assert notified(owner) == [(Kind.COMMENT, 2)]
    write(as_user, partner, project, "@stranger 반가워요")
    assert notified(stranger) == [(Kind.MENTION, 1)]


def test_one_comment_reaches_one_person_once_by_the_nearest_reason(
    as_user: Any, owner: User, partner: User
) -> None:
    project = ProjectFactory.create(author=owner)
    mine = write(as_user, owner, project, "물어보세요")
    assert notified(owner) == []
    write(as_user, partner, project, "@owner 질문이요", mine)
    assert notified(owner) == [(Kind.MENTION, 1)]


def test_an_edit_that_adds_a_name_reaches_it_once(
    as_user: Any, owner: User, partner: User, stranger: User
) -> None:
    project = ProjectFactory.create(author=owner)
    comment = write(as_user, partner, project, "안녕")
    for body in ("@stranger 안녕", "안녕", "@stranger 다시"):
        as_user(partner).patch(f"/api/v1/comments/{comment}/", {"body": body})
    assert notified(stranger) == [(Kind.MENTION, 1)]
    assert notified(owner) == [(Kind.COMMENT, 1)]


def test_a_mention_does_not_cross_a_block(
    as_user: Any, owner: User, partner: User, stranger: User
) -> None:
    project = ProjectFactory.create(author=owner)
    block(stranger, partner)
    write(as_user, partner, project, "@stranger 안녕")
    assert notified(stranger) == []


def test_what_is_deleted_or_hidden_takes_its_notifications_along(
    as_user: Any, owner: User, partner: User
) -> None:
    project = ProjectFactory.create(author=owner)
    first = write(as_user, partner, project, "하나")
    second = write(as_user, partner, project, "둘")
    as_user(partner).delete(f"/api/v1/comments/{first}/")
    assert notified(owner) == [(Kind.COMMENT, 1)]
    set_hidden(Comment, [second], hidden=True)
    assert notified(owner) == []
    write(as_user, partner, project, "셋")
    as_user(owner).delete(f"/api/v1/projects/{project.pk}/")
    assert not Notification.objects.exists()


def test_bookmarking_again_and_again_reaches_the_author_once(owner: User, partner: User) -> None:
    project = ProjectFactory.create(author=owner)
    for bookmarked in (True, False, True, False, True):
        set_bookmark(partner, project.pk, bookmarked=bookmarked)
    set_bookmark(owner, project.pk, bookmarked=True)
    assert notified(owner) == [(Kind.BOOKMARK, 1)]


def test_publishing_writes_one_row_and_a_change_none(
    as_user: Any, owner: User, partner: User, stranger: User
) -> None:
    Follow.objects.create(follower=partner, person=owner)
    Follow.objects.create(follower=stranger, skill=Skill.objects.get(name="Django"))
    body = {"title": "부엉이 시계", "skills": ["Django"]}
    pk = as_user(owner).post("/api/v1/projects/", body).data["id"]
    assert Announcement.objects.count() == 1
    as_user(owner).patch(f"/api/v1/projects/{pk}/", {"title": "새 제목"})
    assert Announcement.objects.count() == 1
    cron.announce_projects()
    assert notified(partner) == notified(stranger) == [(Kind.NEW_PROJECT, 1)]


def test_a_project_that_is_hidden_before_the_job_runs_reaches_nobody(
    as_user: Any, owner: User, partner: User
) -> None:
    Follow.objects.create(follower=partner, person=owner)
    pk = as_user(owner).post("/api/v1/projects/", {"title": "부엉이 시계"}).data["id"]
    set_hidden(Project, [pk], hidden=True)
    cron.announce_projects()
    assert notified(partner) == []


@pytest.mark.parametrize("kind", ["project", "comment"])
def test_both_outcomes_of_a_report_reach_the_reporter_and_hiding_its_author(
    owner: User, partner: User, admin: User, kind: str
) -> None:
    project = ProjectFactory.create(author=owner)
    comment = CommentFactory.create(project=project, author=owner)
    target = (
        find_project(partner, str(project.pk))
        if kind == "project"
        else find_comment(partner, str(comment.pk))
    )
    assert target
    target_kind = (PROJECTS if kind == "project" else COMMENTS).kind
    for decision in ("dismiss", "hide"):
        made, _ = report(partner, target_kind, target, reason="spam", note="")
        decide(made.case_id, admin, decision)  # type: ignore[arg-type]
    assert notified(partner) == [(Kind.REPORT_OUTCOME, 1)] * 2
    assert notified(owner) == [(Kind.MODERATION, 1)]
