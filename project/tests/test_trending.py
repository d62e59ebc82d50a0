"""What trends: the last seven days, counted by people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from project import trending
from project.models import Bookmark, Comment, Project
from project.tests.factories import CommentFactory, ProjectFactory
from user.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def score(project):
    return Project.objects.get(pk=project.pk).trending


def test_each_person_who_bookmarked_or_commented_counts_once_for_either(owner, partner, stranger):
    project = ProjectFactory(author=owner, bookmarked_by=[partner, stranger])
    CommentFactory.create_batch(3, project=project, author=partner)
    trending.refresh()
    assert score(project) == 3


def test_what_is_older_than_seven_days_counts_no_longer(owner, partner):
    project = ProjectFactory(author=owner, bookmarked_by=[partner])
    CommentFactory(project=project, author=partner)
    trending.refresh()
    assert score(project) == 2
    before = timezone.now() - timedelta(days=7, minutes=1)
    Bookmark.objects.update(created_at=before)
    trending.refresh()
    assert score(project) == 1
    Comment.objects.update(created_at=before)
    trending.refresh()
    assert score(project) == 0


def test_authors_suspended_people_and_hidden_comments_do_not_count(owner, partner, stranger):
    project = ProjectFactory(author=owner, bookmarked_by=[owner, partner])
    CommentFactory(project=project, author=owner)
    CommentFactory(project=project, author=stranger, is_hidden=True)
    CommentFactory(project=project, author=partner)
    partner.is_active = False
    partner.save()
    trending.refresh()
    assert score(project) == 0


def test_a_comment_of_a_deleted_account_is_no_person(owner):
    project = ProjectFactory(author=owner)
    CommentFactory(project=project, author=None)
    trending.refresh()
    assert score(project) == 0


def test_it_is_one_statement_however_many_and_writes_only_what_is_different(
    partner, django_assert_num_queries
):
    for _ in range(5):
        ProjectFactory(bookmarked_by=[partner])
    with django_assert_num_queries(1):
        assert trending.refresh() == 5
    with django_assert_num_queries(1):
        assert trending.refresh() == 0


def test_the_board_is_ordered_by_it_page_after_page_and_then_by_age(api, partner):
    old, middle, new = (ProjectFactory(title=title) for title in ("old", "middle", "new"))
    for person in UserFactory.create_batch(2):
        Bookmark.objects.create(user=person, project=old)
    trending.refresh()
    url = "/api/v1/projects/?ordering=trending&page_size=1"
    seen = []
    while url:
        answer = api.get(url).json()
        seen += [card["id"] for card in answer["results"]]
        url = answer["next"]
    assert seen == [old.pk, new.pk, middle.pk]
