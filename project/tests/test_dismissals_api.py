"""Saying that a project is of no interest, and what the similarity job is left to notice."""

import pytest

from project.models import BookmarkChange, Dismissal
from project.services import set_bookmark
from project.tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db


def dismissal(project):
    return f"/api/v1/projects/{project.pk}/dismissal/"


def test_a_project_is_dismissed_and_taken_back_however_often_it_is_said(as_user, owner, stranger):
    project = ProjectFactory(author=owner)
    client = as_user(stranger)
    for _ in range(2):
        response = client.put(dismissal(project))
        assert (response.status_code, response.json()) == (200, {"dismissed": True})
        assert [d.user for d in Dismissal.objects.all()] == [stranger]
    for _ in range(2):
        response = client.delete(dismissal(project))
        assert (response.status_code, response.json()) == (200, {"dismissed": False})
        assert not Dismissal.objects.exists()


def test_one_s_dismissal_is_no_other_s(as_user, owner, stranger):
    project = ProjectFactory(author=owner)
    as_user(stranger).put(dismissal(project))
    as_user(owner).delete(dismissal(project))
    assert Dismissal.objects.get().user == stranger


def test_only_people_who_are_signed_in_dismiss_what_they_can_see(api, as_user, owner, stranger):
    assert api.put(dismissal(ProjectFactory())).status_code == 401
    hidden = ProjectFactory(is_hidden=True)
    assert as_user(stranger).put(dismissal(hidden)).status_code == 404
    assert as_user(stranger).put("/api/v1/projects/999/dismissal/").status_code == 404
    assert as_user(stranger).post(dismissal(hidden)).status_code == 405
    assert not Dismissal.objects.exists()


def test_a_bookmark_set_or_taken_off_is_noted_and_one_that_stays_is_not(owner, stranger):
    project = ProjectFactory(author=owner)
    set_bookmark(stranger, project.pk, bookmarked=False)
    assert not BookmarkChange.objects.exists()
    set_bookmark(stranger, project.pk, bookmarked=True)
    first = BookmarkChange.objects.get(user=stranger).changed_at
    set_bookmark(stranger, project.pk, bookmarked=True)
    assert BookmarkChange.objects.get().changed_at == first
    set_bookmark(stranger, project.pk, bookmarked=False)
    assert BookmarkChange.objects.get().changed_at > first
