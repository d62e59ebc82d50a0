"""Who blocked whom, and what was reported.

Reports about one thing are gathered in a `Case`, which is decided once for all who reported it.
"""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case as SQLCase
from django.db.models import Count, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from moderation.constants import (
    NOTE_MAX_LENGTH,
    TARGET_ID_MAX_LENGTH,
    Answer,
    Decision,
    Kind,
    Reason,
)
from user.models import User

Viewer = User | AnonymousUser

# Most urgent first: by confirmed reporters, then by all, then by age.
QUEUE_ORDER = ("-verified_reporters", "-reporters", "id")


class BlockQuerySet(models.QuerySet["Block"]):
    """Queries over blocks. A visitor has none."""

    def between(self, one_id: int, other_id: int) -> bool:
        """Whether one of the two has blocked the other, either way."""
        return self.filter(
            Q(blocker=one_id, blocked=other_id) | Q(blocker=other_id, blocked=one_id)
        ).exists()

    def apart_from(self, viewer: Viewer) -> models.QuerySet["Block", int]:
        """The ids of all whom a block parts from this person, either way, as a subquery.

        For what two people do with each other: requests, recommendations, lists of people.
        """
        if not isinstance(viewer, User):
            return self.none().values_list("blocked", flat=True)
        other = SQLCase(When(blocker=viewer, then=F("blocked")), default=F("blocker"))
        blocks = self.filter(Q(blocker=viewer) | Q(blocked=viewer))
        return blocks.values_list(other, flat=True)

    def blocked_by(self, viewer: Viewer) -> models.QuerySet["Block", int]:
        """The ids of those whom this person has blocked, as a subquery.

        For public things in lists: the blocker is spared them, while the blocked one goes on seeing
        what everybody sees; a list with holes would tell of the block.
        """
        if not isinstance(viewer, User):
            return self.none().values_list("blocked", flat=True)
        return self.filter(blocker=viewer).values_list("blocked", flat=True)

    def for_list(self, blocker: User) -> "BlockQuerySet":
        """A person's blocks with whom they concern, in one query."""
        return self.filter(blocker=blocker).select_related("blocked__profile__image")


class Block(models.Model):
    """A user wants nothing to do with another user; it holds both ways."""

    blocker = models.ForeignKey(
        User, models.CASCADE, related_name="blocks", verbose_name="차단한 사람"
    )
    blocked = models.ForeignKey(
        User, models.CASCADE, related_name="blocked_by", verbose_name="차단된 사람"
    )
    created_at = models.DateTimeField("차단한 때", default=timezone.now, editable=False)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "차단"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="moderation_block_once"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="moderation_block_two_people"
            ),
        ]
        indexes = [
            # my blocks, newest first
            models.Index(
                F("blocker"), F("created_at").desc(), F("id").desc(), name="moderation_my_blocks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blocker} ✕ {self.blocked}"


class CaseQuerySet(models.QuerySet["Case"]):
    """Queries over cases."""

    def open(self) -> "CaseQuerySet":
        """The cases that no user has decided."""
        return self.filter(decision=Decision.OPEN)

    def for_queue(self) -> "CaseQuerySet":
        """Cases with `reporters` and `verified_reporters`, most urgent first.

        A suspended account or one without a confirmed address is cheap to make: it counts last.
        """
        confirmed = Q(reporter__email_verified_at__isnull=False, reporter__is_active=True)
        reports = Report.objects.filter(case=OuterRef("pk")).order_by().values("case")
        return self.annotate(
            reporters=Subquery(reports.annotate(n=Count("*")).values("n")),
            verified_reporters=Subquery(
                reports.annotate(n=Count("pk", filter=confirmed)).values("n")
            ),
        ).order_by(*QUEUE_ORDER)


class Case(models.Model):
    """Something that was reported, by one person or many, and what was decided about it."""

    kind = models.CharField("종류", max_length=10, choices=Kind)
    target_id = models.CharField("대상", max_length=TARGET_ID_MAX_LENGTH)
    accused = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="cases",
        verbose_name="신고된 사람",
    )
    opened_at = models.DateTimeField("처음 신고된 때", default=timezone.now, editable=False)
    decision = models.CharField(
        "결정", max_length=10, choices=Decision, blank=True, default=Decision.OPEN
    )
    answer = models.CharField(
        "신고한 사람에게 보낼 답",
        max_length=20,
        choices=Answer,
        blank=True,
        default="",
        help_text="고르지 않으면 결정에 맞는 답을 보냅니다.",
    )
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="결정한 사람",
    )
    decided_at = models.DateTimeField("결정한 때", null=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "신고 내역"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target_id"],
                condition=Q(decision=""),
                name="moderation_case_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="moderation_case_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, answer="")
                | (~Q(decision="") & ~Q(answer="") & Q(decided_at__isnull=False)),
                name="moderation_case_decided_once",
            ),
        ]
        indexes = [
            # the queue: what waits for a decision
            models.Index(fields=["id"], condition=Q(decision=""), name="moderation_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_id}"


class Report(models.Model):
    """One person's report of something, with what was said there at that moment."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports", verbose_name="신고 내역")
    reporter = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="reports", verbose_name="신고한 사람"
    )
    reason = models.CharField("이유", max_length=10, choices=Reason)
    note = models.TextField("설명", blank=True, max_length=NOTE_MAX_LENGTH)
    # [{"by", "at", "text", "reported"}], see `targets.Kept`
    kept = models.JSONField("남겨 둔 내용", default=list)
    created_at = models.DateTimeField("신고한 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "신고"
        ordering = ["id"]
        constraints = [
            # with one open case a target: one open report a reporter and target
            models.UniqueConstraint(fields=["case", "reporter"], name="moderation_report_once"),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="moderation_report_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.case}"
