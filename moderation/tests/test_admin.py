"""The moderators' queue."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moderation import services, signals, targets
from moderation.constants import Decision, Kind
from moderation.models import Block, Case
from project.models import Comment
from project.tests.factories import CommentFactory
from user.models import User
from user.tests.factories import UserFactory

QUEUE = reverse("admin:moderation_case_changelist")


def log_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(admin):
    return log_in(admin)


def moderator(*permissions):
    """A member of the staff who may do just this."""
    user = UserFactory.create(is_staff=True)
    for name in permissions:
        app, codename = name.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def confirmed(**fields):
    return UserFactory.create(email_verified_at=timezone.now(), **fields)


def report(reporter, comment, **fields):
    target = targets.registered()[Kind.COMMENT].find(reporter, str(comment.pk))
    details = {"reason": "abuse", "note": ""} | fields
    return services.report(reporter, Kind.COMMENT, target, **details)[0].case


def page(case):
    return reverse("admin:moderation_case_change", args=[case.pk])


def queue(client, query=""):
    return [case.pk for case in client.get(QUEUE + query).context["cl"].result_list]


@pytest.fixture
def case(owner):
    """A user reported the owner's comment."""
    return report(confirmed(username="witness"), CommentFactory(author=owner, body="나쁜 말"))


class TestQueue:
    def test_confirmed_reporters_come_first_however_many_others_there_are(self, desk, db):
        crowd, few, single = (CommentFactory() for _ in range(3))
        for person in UserFactory.create_batch(5):
            crowded = report(person, crowd)
        report(confirmed(), few)
        by_two = report(confirmed(), few)
        by_one = report(confirmed(), single)
        assert queue(desk) == [by_two.pk, by_one.pk, crowded.pk]

    def test_a_suspended_reporter_counts_for_little(self, desk, db):
        case = report(confirmed(), CommentFactory())
        comment = CommentFactory()
        report(confirmed(), comment)
        urgent = report(confirmed(), comment)
        assert queue(desk) == [urgent.pk, case.pk]
        User.objects.filter(reports__case=urgent).update(is_active=False)
        assert queue(desk) == [case.pk, urgent.pk]

    def test_shows_what_waits_unless_asked_otherwise(self, desk, admin, case):
        done = report(confirmed(), CommentFactory())
        services.decide(done.pk, admin, Decision.DISMISS)
        assert queue(desk) == [case.pk]
        assert queue(desk, "?decision=dismiss") == [done.pk]
        assert set(queue(desk, "?decision=all")) == {case.pk, done.pk}

    def test_is_filtered_by_reason_without_losing_count(self, desk, db):
        comment = CommentFactory()
        case = report(confirmed(), comment, reason="spam")
        report(confirmed(), comment, reason="abuse")
        listed = desk.get(QUEUE + "?reports__reason=spam").context["cl"].result_list
        assert [(row.pk, row.verified_reporters) for row in listed] == [(case.pk, 2)]
        assert queue(desk, "?reports__reason=sexual") == []

    def test_costs_the_same_for_1_case_and_20(self, desk, db, django_assert_num_queries):
        report(confirmed(), CommentFactory())
        with django_assert_num_queries(7) as counted:
            desk.get(QUEUE)
        for comment in CommentFactory.create_batch(19):
            for _ in range(2):
                report(confirmed(), comment)
        with django_assert_num_queries(len(counted)):
            assert len(queue(desk)) == 20


class TestCase:
    def test_shows_what_was_kept_as_text(self, desk, stranger):
        comment = CommentFactory(body="<script>alert(1)</script>")
        case = report(stranger, comment, note="<b>보세요</b>")
        Comment.objects.update(body="고쳤어요")
        html = desk.get(page(case)).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "&lt;b&gt;보세요&lt;/b&gt;" in html
        assert "<script>alert(1)" not in html
        assert reverse("admin:project_comment_change", args=[comment.pk]) in html

    def test_hiding_hides_it_from_everybody_and_keeps_who_decided_when(self, desk, admin, case):
        desk.post(page(case), {"decision": "hide"})
        case.refresh_from_db()
        assert (case.decision, case.answer, case.decided_by) == ("hide", "removed", admin)
        assert case.decided_at is not None
        assert Comment.objects.get().is_hidden

    def test_suspending_locks_the_person_out(self, desk, owner, case):
        desk.post(page(case), {"decision": "suspend", "answer": "suspended"})
        owner.refresh_from_db()
        assert not owner.is_active
        assert not Comment.objects.get().is_hidden

    def test_dismissing_changes_nothing_else(self, desk, owner, case):
        desk.post(page(case), {"decision": "dismiss", "answer": "block_instead"})
        case.refresh_from_db()
        owner.refresh_from_db()
        assert (case.decision, case.answer) == ("dismiss", "block_instead")
        assert owner.is_active
        assert not Comment.objects.get().is_hidden

    def test_the_outcome_is_told_once_in_the_same_transaction(self, desk, case):
        notified = []

        def hear(sender, case, **_):
            notified.append((case.decision, [row.reporter.username for row in case.reports.all()]))

        signals.case_decided.connect(hear)
        try:
            desk.post(page(case), {"decision": "hide"})
            desk.post(page(case), {"decision": "dismiss"})
        finally:
            signals.case_decided.disconnect(hear)
        assert notified == [("hide", ["witness"])]

    def test_a_decision_is_final(self, admin, stranger, case):
        services.decide(case.pk, admin, Decision.DISMISS)
        with pytest.raises(services.AlreadyDecidedError):
            services.decide(case.pk, stranger, Decision.HIDE)
        case.refresh_from_db()
        assert (case.decision, case.decided_by) == ("dismiss", admin)
        assert not Comment.objects.get().is_hidden

    @pytest.mark.parametrize("decision", ["", "ban", "open"])
    def test_only_known_decisions_are_made(self, desk, case, decision):
        assert desk.post(page(case), {"decision": decision}).status_code == 200
        case.refresh_from_db()
        assert case.decision == ""

    def test_a_deleted_thing_and_person_can_still_be_decided(self, desk, owner, case):
        Comment.objects.all().delete()
        owner.delete()
        assert "탈퇴한 사용자" in desk.get(page(case)).content.decode()
        desk.post(page(case), {"decision": "hide"})
        case.refresh_from_db()
        assert case.decision == "hide"

    def test_cases_are_neither_made_nor_deleted_by_hand(self, desk, case):
        assert desk.get(reverse("admin:moderation_case_add")).status_code == 403
        delete = reverse("admin:moderation_case_delete", args=[case.pk])
        assert desk.post(delete, {"post": "yes"}).status_code == 403
        assert Case.objects.exists()


class TestRights:
    def choices(self, user, case):
        """What the page of the case offers to this person."""
        form = log_in(user).get(page(case)).context["adminform"].form
        field = form.fields.get("decision")
        return [value for value, _ in field.choices] if field else []

    def test_being_staff_alone_opens_nothing(self, case):
        client = log_in(moderator())
        assert client.get(QUEUE).status_code == 403
        assert client.post(page(case), {"decision": "dismiss"}).status_code == 403
        case.refresh_from_db()
        assert case.decision == ""

    def test_looking_is_a_right_of_its_own(self, case):
        looker = moderator("moderation.view_case")
        assert "나쁜 말" in log_in(looker).get(page(case)).content.decode()
        assert log_in(looker).post(page(case), {"decision": "dismiss"}).status_code == 403

    @pytest.mark.parametrize(
        ("more", "offered"),
        [
            ([], ["dismiss"]),
            (["project.change_comment"], ["dismiss", "hide"]),
            (["project.change_project"], ["dismiss"]),
            (["user.change_user"], ["dismiss", "suspend"]),
        ],
    )
    def test_each_action_needs_its_permission(self, case, more, offered):
        user = moderator("moderation.view_case", "moderation.change_case", *more)
        assert self.choices(user, case) == offered
        for decision in {"hide", "suspend"} - set(offered):
            log_in(user).post(page(case), {"decision": decision})
        case.refresh_from_db()
        assert case.decision == ""

    def test_nobody_suspends_a_superuser_or_themselves(self, admin, case):
        user = moderator("moderation.view_case", "moderation.change_case", "user.change_user")
        Case.objects.update(accused=admin)
        assert self.choices(user, case) == ["dismiss"]
        assert "suspend" not in self.choices(admin, case)
        Case.objects.update(accused=user)
        assert self.choices(user, case) == ["dismiss"]
        assert "suspend" in self.choices(admin, case)


def test_blocks_are_looked_at_only(desk, owner, partner):
    services.block(owner, partner)
    block = Block.objects.get()
    assert "partner" in desk.get(reverse("admin:moderation_block_changelist")).content.decode()
    delete = reverse("admin:moderation_block_delete", args=[block.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    assert Block.objects.exists()
