"""Drafts over HTTP: mine alone, as they stand, and for a while."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from project.constants import DRAFT_CONTENT_MAX_LENGTH, MAX_DRAFTS
from project.drafts.models import Draft
from project.drafts.services import remove_expired_drafts
from project.services import remove_unused_images
from project.tests.factories import ProjectFactory
from user.accounts import delete_account
from user.models import Image
from user.tests.factories import ImageFactory

pytestmark = pytest.mark.django_db

LIST = "/api/v1/drafts/"
HALF_FINISHED = {
    "project": None,
    "version": None,
    "title": " 반쯤 쓴 ",
    "summary": "",
    "content": "  들여 쓴 첫 줄\n\n![⏳](upload:1)\n",
    "thumbnail": None,
    "github_url": "github.com/아직",
    "demo_url": "http",
    "stage": "",
    "skills": ["없는 기술"],
}


def address(draft_id=None):
    return f"{LIST}{draft_id or uuid.uuid4()}/"


def errors(response):
    return [(error["code"], error["attr"]) for error in response.json()["errors"]]


LONG_AGO = timedelta(days=61)


def test_a_draft_comes_back_to_the_letter(as_user, owner):
    client, path = as_user(owner), address()
    saved = client.put(path, HALF_FINISHED)
    assert saved.status_code == 201
    assert client.get(path).json() == saved.json()
    assert {name: saved.json()[name] for name in HALF_FINISHED} == HALF_FINISHED


def test_saving_again_says_all_there_is(as_user, owner):
    client, path = as_user(owner), address()
    client.put(path, HALF_FINISHED)
    again = client.put(path, {"title": "다시"})
    assert (again.status_code, again.json()["title"]) == (200, "다시")
    assert (again.json()["content"], again.json()["skills"]) == ("", [])
    assert Draft.objects.count() == 1


def test_what_another_device_saved_in_the_meantime_is_not_overwritten(as_user, owner):
    client, path = as_user(owner), address()
    first = client.put(path, {"title": "노트북", "seen": None}).json()
    phone = client.put(path, {"title": "전화", "seen": first["updated_at"]})
    assert phone.status_code == 200
    for seen in (first["updated_at"], None):
        late = client.put(path, {"title": "늦은 노트북", "seen": seen})
        assert (late.status_code, errors(late)) == (412, [("outdated", None)])
        assert late.json()["current"] == phone.json()
    assert client.get(path).json() == phone.json()


def test_a_text_that_was_deleted_elsewhere_is_saved_again(as_user, owner):
    client, path = as_user(owner), address()
    seen = client.put(path, HALF_FINISHED).json()["updated_at"]
    client.delete(path)
    assert client.put(path, {**HALF_FINISHED, "seen": seen}).status_code == 201


def test_nobody_else_s_draft_is_there(api, as_user, owner, stranger):
    path = address()
    as_user(owner).put(path, HALF_FINISHED)
    other = as_user(stranger)
    assert other.get(LIST).json()["results"] == []
    assert [other.get(path).status_code, other.delete(path).status_code] == [404, 404]
    assert other.put(path, {"title": "내 것"}).status_code == 404
    assert [api.get(LIST).status_code, api.put(path, {}).status_code] == [401, 401]
    assert Draft.objects.get().title == HALF_FINISHED["title"]


def test_the_list_shows_how_each_begins_changed_last_first_in_one_query(as_user, owner):
    client = as_user(owner)
    paths = [address() for _ in range(3)]
    for path in paths:
        client.put(path, {"content": "가" * 300})
    client.put(paths[0], {"title": "맨 위", "content": "나" * 300})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        drafts = client.get(LIST).json()["results"]
    assert (drafts[0]["title"], drafts[0]["excerpt"]) == ("맨 위", "나" * 100)
    assert "content" not in drafts[0]
    assert len(drafts) == 3
    assert len(queries) == 2  # the caller, and the drafts


def test_deleting_ends_it(as_user, owner):
    client, path = as_user(owner), address()
    client.put(path, HALF_FINISHED)
    assert [client.delete(path).status_code for _ in range(2)] == [204, 404]


def test_one_too_many_is_refused_and_none_is_lost(as_user, owner, stranger):
    client = as_user(owner)
    Draft.objects.bulk_create(Draft(owner=owner) for _ in range(MAX_DRAFTS))
    refused = client.put(address(), HALF_FINISHED)
    assert (refused.status_code, errors(refused)) == (400, [("too_many_drafts", None)])
    assert client.put(address(Draft.objects.first().pk), HALF_FINISHED).status_code == 200
    assert Draft.objects.count() == MAX_DRAFTS
    assert as_user(stranger).put(address(), HALF_FINISHED).status_code == 201


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "가" * 101),
        ("summary", "가" * 201),
        ("content", "가" * (DRAFT_CONTENT_MAX_LENGTH + 1)),
        ("content", "a\0b"),
        ("content", ["목록"]),
        ("skills", ["Go"] * 11),
        ("skills", "Go"),
        ("project", 10**30),
        ("version", 0),
        ("seen", "어제"),
    ],
)
def test_what_no_editor_holds_is_a_clear_400(as_user, owner, field, value):
    response = as_user(owner).put(address(), {**HALF_FINISHED, field: value})
    assert response.status_code == 400
    assert errors(response)[0][1] == field
    assert not Draft.objects.exists()


def test_a_text_longer_than_can_be_published_is_not_lost(as_user, owner):
    response = as_user(owner).put(address(), {"content": "가" * DRAFT_CONTENT_MAX_LENGTH})
    assert response.status_code == 201


def test_a_draft_changes_a_project_of_mine_only(as_user, owner, stranger):
    project = ProjectFactory(author=owner)
    body = {"project": project.pk, "version": 1}
    assert as_user(owner).put(address(), body).json()["project"] == project.pk
    assert errors(as_user(stranger).put(address(), body)) == [("not_editable", "project")]


def test_a_draft_outlives_its_project_as_a_new_one(as_user, owner):
    project = ProjectFactory(author=owner)
    as_user(owner).put(address(), {"project": project.pk, "title": "남은 글"})
    project.delete()
    assert as_user(owner).get(LIST).json()["results"][0]["project"] is None


def test_an_address_that_is_not_confirmed_is_no_obstacle(settings, as_user, owner):
    settings.EMAIL_VERIFICATION = "required"
    owner.email_verified_at = None
    owner.save()
    assert as_user(owner).put(address(), HALF_FINISHED).status_code == 201


def test_what_nobody_goes_on_with_is_removed_after_sixty_days(as_user, owner):
    for title in ("옛 글", "새 글"):
        as_user(owner).put(address(), {"title": title})
    Draft.objects.filter(title="옛 글").update(updated_at=timezone.now() - LONG_AGO)
    assert [remove_expired_drafts(), remove_expired_drafts()] == [1, 0]
    assert Draft.objects.get().title == "새 글"


def test_a_picture_lives_as_long_as_the_draft_that_shows_it(as_user, owner):
    names = [f"images/{uuid.uuid4().hex}.webp" for _ in range(2)]
    shown, thumbnail = (ImageFactory(owner=owner, file=name) for name in names)
    body = {"content": f"![](/media/{shown.file.name})", "thumbnail": f"/media/{thumbnail.file}"}
    path = address()
    as_user(owner).put(path, body)
    Image.objects.update(created_at=timezone.now() - LONG_AGO)
    assert remove_unused_images() == 0
    as_user(owner).delete(path)
    assert remove_unused_images() == 2


def test_drafts_go_with_the_account(as_user, owner):
    as_user(owner).put(address(), HALF_FINISHED)
    delete_account(owner)
    assert not Draft.objects.exists()
