"""What an account may do before its address is confirmed."""

import pytest
from django.utils import timezone

from project.tests.factories import CommentFactory, ProjectFactory


@pytest.fixture
def writes(owner, stranger):
    """Every request that needs a confirmed address: (method, path, body)."""
    project = ProjectFactory(author=owner)
    comment = CommentFactory(project=project, author=owner)
    return [
        ("post", "/api/v1/projects/", {"title": "제목"}),
        ("patch", f"/api/v1/projects/{project.pk}/", {"title": "제목"}),
        ("post", f"/api/v1/projects/{project.pk}/comments/", {"body": "댓글"}),
        ("patch", f"/api/v1/comments/{comment.pk}/", {"body": "댓글"}),
        ("post", "/api/v1/images/", {}),
        ("post", "/api/v1/rooms/", {"partner": stranger.username}),
    ]


def refused(client, requests):
    """The paths that answered 403 `email_unverified`."""
    answers = [(path, getattr(client, method)(path, body)) for method, path, body in requests]
    return [
        path
        for path, answer in answers
        if answer.status_code == 403 and answer.json()["errors"][0]["code"] == "email_unverified"
    ]


def test_without_a_confirmed_address_one_writes_nothing_public(settings, as_user, owner, writes):
    settings.EMAIL_VERIFICATION = "required"
    assert refused(as_user(owner), writes) == [path for _, path, _ in writes]


def test_reading_the_profile_and_taking_back_stay_open(settings, as_user, owner, writes):
    settings.EMAIL_VERIFICATION = "required"
    client = as_user(owner)
    project = ProjectFactory(author=owner)
    assert client.get("/api/v1/projects/").status_code == 200
    assert client.patch("/api/v1/users/me/", {"username": "새이름"}).status_code == 200
    assert client.delete(f"/api/v1/projects/{project.pk}/").status_code == 204


def test_a_confirmed_address_opens_everything(settings, as_user, owner, writes):
    settings.EMAIL_VERIFICATION = "required"
    owner.email_verified_at = timezone.now()
    owner.save()
    assert refused(as_user(owner), writes) == []


def test_without_mail_nobody_is_asked_to_confirm(settings, as_user, owner, writes):
    settings.EMAIL_VERIFICATION = "off"
    assert refused(as_user(owner), writes) == []


def test_my_account_says_whether_something_waits_for_the_address(settings, as_user, owner):
    def must():
        return as_user(owner).get("/api/v1/users/me/").json()["must_verify_email"]

    settings.EMAIL_VERIFICATION = "off"
    assert must() is False
    settings.EMAIL_VERIFICATION = "required"
    assert must() is True
    owner.email_verified_at = timezone.now()
    owner.save()
    assert must() is False


def test_a_guest_is_told_to_log_in_and_not_to_confirm(settings, api, writes):
    settings.EMAIL_VERIFICATION = "required"
    method, path, body = writes[0]
    assert getattr(api, method)(path, body).status_code == 401
