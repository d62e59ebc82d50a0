"""The moderators' queue, and who blocks whom."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from moderation import services, targets
from moderation.constants import Decision, Kind
from moderation.forms import DecisionForm
from moderation.models import QUEUE_ORDER, Block, Case, Report
from user.admin.base import ListAdmin
from user.models import User


class DecisionFilter(admin.SimpleListFilter):
    """What waits for a decision, unless something else is asked for."""

    title = "상태"
    parameter_name = "decision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All, and what was decided in each way."""
        decided = [(one.value, str(one.label)) for one in Decision if one != Decision.OPEN]
        return [("all", "모두"), *decided]

    def choices(self, changelist: Any) -> Any:
        """The first one, which Django calls "all", is what waits."""
        first, *others = super().choices(changelist)
        return [{**first, "display": Decision.OPEN.label}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        """The cases of that kind."""
        if self.value() == "all":
            return queryset
        return queryset.filter(decision=self.value() or Decision.OPEN)


@admin.register(Case)
class CaseAdmin(ListAdmin):
    """What was reported, most urgent first, with what was kept and what can be done about it."""

    form = DecisionForm
    list_display = [
        "title",
        "reasons",
        "verified",
        "all_reporters",
        "opened_at",
        "decision",
        "decided_by",
    ]
    list_filter = [DecisionFilter, "kind", "reports__reason", "accused__language"]
    list_select_related = ["accused", "decided_by"]
    search_fields = ["accused__username", "accused__email", "reports__note"]
    date_hierarchy = "opened_at"
    shown = ["kind", "target", "person", "evidence", "opened_at"]
    outcome = ["decision", "answer", "decided_by", "decided_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Cases in the order of the queue, each with its reports."""
        reports = Prefetch("reports", Report.objects.select_related("reporter"))
        return Case.objects.for_queue().prefetch_related(reports)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """The queue's own order."""
        return QUEUE_ORDER

    def get_fieldsets(self, request: HttpRequest, obj: Case | None = None) -> Any:
        """What was said, and the decision."""
        return [
            (None, {"fields": self.shown}),
            ("결정", {"fields": self.outcome if self.is_shut(request, obj) else self.outcome[:2]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Case | None = None) -> list[str]:
        """All but the decision; once it is made, that as well."""
        return [*self.shown, *(self.outcome if self.is_shut(request, obj) else [])]

    def get_form(
        self, request: HttpRequest, obj: Case | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, which offers what this moderator may decide."""
        form = super().get_form(request, obj, change, **kwargs)
        form.moderator = request.user  # type: ignore[attr-defined]
        return form

    def is_shut(self, request: HttpRequest, case: Case | None) -> bool:
        """Whether the case is only looked at."""
        return case is None or bool(case.decision) or not self.has_change_permission(request, case)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Cases come from reports only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Cases stay: they tell who decided what."""
        return False

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:
        """Carry the decision out, unless another moderator made one while the page was open."""
        chosen = form.cleaned_data
        try:
            if "decision" not in chosen:
                raise services.AlreadyDecidedError
            services.decide(obj.pk, cast(User, request.user), chosen["decision"], chosen["answer"])
        except services.AlreadyDecidedError:
            self.message_user(
                request,
                _("다른 운영자가 먼저 결정했어요. 그 결정이 그대로 있어요."),
                messages.WARNING,
            )

    @admin.display(description="대상")
    def title(self, case: Case) -> str:
        """What it is, and whose."""
        return f"{case.get_kind_display()} · {case.accused or '탈퇴한 사용자'}"

    @admin.display(description="이유")
    def reasons(self, case: Case) -> str:
        """Why it was reported, each reason once."""
        return ", ".join(sorted({one.get_reason_display() for one in case.reports.all()}))

    @admin.display(description="확인된 신고자", ordering="verified_reporters")
    def verified(self, case: Any) -> int:
        """How many who reported it have a confirmed address."""
        return int(case.verified_reporters)

    @admin.display(description="신고자", ordering="reporters")
    def all_reporters(self, case: Any) -> int:
        """How many reported it."""
        return int(case.reporters)

    @admin.display(description="대상")
    def target(self, case: Case) -> str:
        """The thing's page in the admin, where it can be shown again or changed."""
        kind = targets.registered().get(Kind(case.kind))
        return _link(kind.admin_path(case.target_id), str(case)) if kind else str(case)

    @admin.display(description="신고된 사람")
    def person(self, case: Case) -> str:
        """Their account, and how often a moderator has acted on what they did before."""
        if case.accused is None:
            return "탈퇴한 사용자"
        before = case.accused.cases.filter(decision__in=[Decision.HIDE, Decision.SUSPEND]).count()
        path = reverse("admin:user_user_change", args=[case.accused.pk])
        state = "" if case.accused.is_active else " · 정지됨"
        return format_html("{}{} · 지난 조치 {}건", _link(path, str(case.accused)), state, before)

    @admin.display(description="신고와 남겨 둔 내용")
    def evidence(self, case: Case) -> str:
        """Who reported it and why, each with what was said at that moment."""
        return format_html_join(
            "",
            '<section style="margin-bottom:1.5rem"><p><strong>{}</strong>{} · {} · {}</p>'
            '<p style="white-space:pre-wrap">{}</p>{}</section>',
            (
                (
                    report.reporter or "탈퇴한 사용자",
                    " ✓" if report.reporter and report.reporter.email_verified else "",
                    report.get_reason_display(),
                    report.created_at.strftime("%Y-%m-%d %H:%M"),
                    report.note,
                    _kept(report.kept),
                )
                for report in case.reports.all()
            ),
        )


@admin.register(Block)
class BlockAdmin(ListAdmin):
    """Who blocks whom. That is the two people's own matter: it is shown and not changed."""

    list_display = ["blocker", "blocked", "created_at"]
    list_select_related = ["blocker", "blocked"]
    search_fields = ["blocker__username", "blocked__username"]
    date_hierarchy = "created_at"
    ordering = ["-id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only people themselves block."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Block | None = None) -> bool:
        """A block has nothing to change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Block | None = None) -> bool:
        """Only the blocker takes it back."""
        return False


def _kept(lines: list[targets.Kept]) -> SafeString:
    """What was said, the reported part marked."""
    return format_html_join(
        "",
        '<blockquote style="white-space:pre-wrap;margin:.5rem 0;border-left:4px solid {}">'
        "<small>{} · {}</small>\n{}</blockquote>",
        (
            (
                "var(--error-fg)" if line["reported"] else "var(--hairline-color)",
                line["by"] or "탈퇴한 사용자",
                line["at"][:16].replace("T", " "),
                line["text"],
            )
            for line in lines
        ),
    )


def _link(path: str, text: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', path, text)
