"""Telling the moderators: what is taken, what is kept, and what is refused."""

import pytest

from moderation.constants import Decision
from moderation.models import Case, Report
from moderation.services import decide
from moderation.targets import registered
from project.models import Comment
from project.tests.factories import CommentFactory, ProjectFactory
from user.tests.factories import UserFactory

REPORTS = "/api/v1/reports/"


def about(kind, target_id, **more):
    return {"kind": kind, "id": target_id, "reason": "abuse", "note": "심한 말이에요."} | more


@pytest.fixture
def comment(owner, partner):
    """The partner's comment on the owner's project."""
    return CommentFactory(project=ProjectFactory(author=owner), author=partner, body="나쁜 말")


def test_is_for_people_who_are_signed_in(api, comment):
    assert api.post(REPORTS, about("comment", comment.pk)).status_code == 401


def test_keeps_what_was_said_by_whom_and_when(as_user, owner, partner, comment):
    response = as_user(owner).post(REPORTS, about("comment", comment.pk))
    assert response.status_code == 201
    assert response.json().keys() == {"kind", "reason", "note", "created_at"}
    Comment.objects.filter(pk=comment.pk).update(body="아무 말도 안 했는데요")
    report = Report.objects.get()
    assert (report.reporter, report.reason, report.note) == (owner, "abuse", "심한 말이에요.")
    assert (report.case.kind, report.case.accused) == ("comment", partner)
    assert report.kept == [
        {
            "by": "partner",
            "at": comment.updated_at.isoformat(),
            "text": "나쁜 말",
            "reported": True,
        }
    ]


def test_what_was_kept_outlives_the_thing_and_its_author(as_user, owner, partner, comment):
    as_user(owner).post(REPORTS, about("comment", comment.pk))
    comment.delete()
    partner.delete()
    report = Report.objects.get()
    assert (report.case.accused, report.kept[0]["text"]) == (None, "나쁜 말")


def test_a_project_is_kept_with_all_its_text(as_user, owner, stranger):
    project = ProjectFactory(author=owner, title="제목", summary="요약", content="# 본문")
    assert as_user(stranger).post(REPORTS, about("project", project.pk)).status_code == 201
    assert Report.objects.get().kept[0]["text"].split("\n\n")[:2] == ["제목", "요약"]
    assert "# 본문" in Report.objects.get().kept[0]["text"]


def test_a_person_is_reported_by_nickname_in_any_case(as_user, owner, partner):
    partner.profile.description = "광고합니다"
    partner.profile.save()
    assert as_user(owner).post(REPORTS, about("user", "PARTNER")).status_code == 201
    report = Report.objects.get()
    assert report.case.accused == partner
    assert report.kept[0]["text"] == "partner\n광고합니다"


def test_one_open_report_a_reporter_and_target(as_user, owner, stranger, admin, comment):
    client = as_user(owner)
    assert client.post(REPORTS, about("comment", comment.pk)).status_code == 201
    again = client.post(REPORTS, about("comment", comment.pk, note="다시", reason="spam"))
    assert (again.status_code, again.json()["note"]) == (200, "심한 말이에요.")
    assert as_user(stranger).post(REPORTS, about("comment", comment.pk)).status_code == 201
    assert (Case.objects.count(), Report.objects.count()) == (1, 2)
    decide(Case.objects.get().pk, admin, Decision.DISMISS)
    assert client.post(REPORTS, about("comment", comment.pk)).status_code == 201
    assert (Case.objects.count(), Report.objects.count()) == (2, 3)


@pytest.mark.parametrize("how", ["hidden", "author suspended", "project hidden", "deleted"])
def test_what_one_cannot_see_is_not_there(as_user, stranger, partner, comment, how):
    pk = comment.pk
    if how == "hidden":
        Comment.objects.update(is_hidden=True)
    elif how == "author suspended":
        partner.is_active = False
        partner.save()
    elif how == "project hidden":
        comment.project.is_hidden = True
        comment.project.save()
    else:
        comment.delete()
    assert as_user(stranger).post(REPORTS, about("comment", pk)).status_code == 404
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("kind", "target_id"),
    [
        ("comment", "0"),
        ("comment", "-1"),
        ("comment", "x"),
        ("comment", "²"),
        ("comment", "9" * 30),
        ("project", "1' OR 1=1"),
        ("user", "nobody"),
        ("user", "me"),
        ("message", "not-a-room:1"),
        ("message", "00000000-0000-0000-0000-000000000000:1"),
        ("message", "00000000-0000-0000-0000-000000000000:x"),
        ("message", ":"),
    ],
)
def test_no_made_up_id_finds_anything(as_user, owner, kind, target_id):
    assert as_user(owner).post(REPORTS, about(kind, target_id)).status_code == 404
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("change", "attr", "code"),
    [
        ({"kind": "room"}, "kind", "invalid_choice"),
        ({"reason": "boring"}, "reason", "invalid_choice"),
        ({"reason": ""}, "reason", "invalid_choice"),
        ({"note": "x" * 1001}, "note", "max_length"),
        ({"note": None}, "note", "null"),
        ({"note": "nul\x00"}, "note", "null_characters_not_allowed"),
        ({"id": ""}, "id", "blank"),
        ({"id": "x" * 65}, "id", "max_length"),
        ({"id": ["1"]}, "id", "invalid"),
    ],
)
def test_refuses_bad_input_and_keeps_nothing(as_user, owner, comment, change, attr, code):
    response = as_user(owner).post(REPORTS, about("comment", comment.pk) | change)
    assert response.status_code == 400
    assert (response.json()["errors"][0]["attr"], response.json()["errors"][0]["code"]) == (
        attr,
        code,
    )
    assert not Case.objects.exists()


def test_nobody_reports_themselves(as_user, partner, comment):
    for body in (about("comment", comment.pk), about("user", "partner")):
        response = as_user(partner).post(REPORTS, body)
        assert response.json()["errors"][0]["code"] == "own_content"
    assert not Case.objects.exists()


def test_a_block_does_not_stand_in_the_way_of_a_report(as_user, owner, partner, comment):
    as_user(owner).put("/api/v1/users/partner/block/")
    assert as_user(owner).post(REPORTS, about("comment", comment.pk)).status_code == 201
    assert as_user(owner).post(REPORTS, about("user", "partner")).status_code == 201


def test_reports_are_limited(as_user, owner, settings, monkeypatch):
    from user.api.throttling import ScopeThrottle

    monkeypatch.setattr(ScopeThrottle, "THROTTLE_RATES", {"reports": "3/hour"})
    people = UserFactory.create_batch(4)
    statuses = [
        as_user(owner).post(REPORTS, about("user", person.username)).status_code
        for person in people
    ]
    assert statuses == [201, 201, 201, 429]


def test_an_address_must_be_confirmed_to_report(as_user, owner, comment, settings):
    settings.EMAIL_VERIFICATION = "required"
    response = as_user(owner).post(REPORTS, about("comment", comment.pk))
    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "email_unverified"


def test_no_two_apps_register_one_kind():
    from moderation import targets

    with pytest.raises(ValueError, match="registered"):
        targets.register(registered()["user"])
