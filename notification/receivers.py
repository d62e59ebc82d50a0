"""What lower floors do that people have to be notified of, or that changes what they follow."""

from typing import Any

from django.dispatch import receiver

from moderation.constants import Decision
from moderation.models import Case
from moderation.signals import case_decided
from notification.constants import Kind
from notification.models import Follow
from notification.services import notify
from user.models import Skill
from user.signals import skills_merged
from user.skills.services import replace_skill


@receiver(case_decided)
def tell_outcome(sender: type, case: Case, **_: Any) -> None:
    """Tell the reporters what was decided, and the one whose content was hidden."""
    reporters = case.reports.exclude(reporter=None).values_list("reporter_id", flat=True)
    notify(
        Kind.REPORT_OUTCOME,
        reporters,
        actor=None,
        target=f"case:{case.pk}",
        source=f"case:{case.pk}",
        title=case.answer,
    )
    if case.decision == Decision.HIDE and case.accused_id is not None:
        notify(
            Kind.MODERATION,
            [case.accused_id],
            actor=None,
            target=f"{case.kind}:{case.target_id}",
            source=f"hidden:{case.pk}",
        )


@receiver(skills_merged)
def follow_merged_skills(sender: type, keeper: Skill, double: Skill, **_: Any) -> None:
    """Who followed either of two skills that became one follows that one, once."""
    replace_skill(Follow, "follower", keeper, double)
