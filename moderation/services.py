"""Writes that keep people apart and that moderators answer for; each is one transaction."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from moderation import signals, targets
from moderation.constants import DEFAULT_ANSWERS, Decision, Kind
from moderation.models import Block, Case, Report
from user.login.sessions import suspend_users
from user.models import User


class OwnContentError(Exception):
    """People do not report themselves."""


class AlreadyDecidedError(Exception):
    """Another moderator has decided this case."""


@transaction.atomic
def block(blocker: User, blocked: User) -> None:
    """Part two people at once; again changes nothing.

    Raises IntegrityError for oneself.
    """
    _, new = Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    if new:
        signals.blocked.send(Block, blocker=blocker, blocked=blocked)


@transaction.atomic
def unblock(blocker: User, blocked: User) -> None:
    """Take one's own block back; without one it changes nothing."""
    deleted, _ = Block.objects.filter(blocker=blocker, blocked=blocked).delete()
    if deleted:
        signals.unblocked.send(Block, blocker=blocker, blocked=blocked)


@transaction.atomic
def report(
    reporter: User, kind: Kind, target: targets.Target, *, reason: str, note: str
) -> tuple[Report, bool]:
    """Report something; the report that this person has made before while its case is open.

    The answer says whether it is new. Raises OwnContentError.
    """
    if target.accused == reporter:
        raise OwnContentError
    case = _open_case(kind, target)
    return Report.objects.get_or_create(
        case=case,
        reporter=reporter,
        defaults={"reason": reason, "note": note, "kept": target.kept},
    )


def _open_case(kind: Kind, target: targets.Target) -> Case:
    """The target's open case, locked so that no decision passes a report by; made if need be."""
    cases = Case.objects.select_for_update().filter(
        kind=kind, target_id=target.id, decision=Decision.OPEN
    )
    case = cases.first()
    if case is not None:
        return case
    try:
        with transaction.atomic():
            return Case.objects.create(kind=kind, target_id=target.id, accused=target.accused)
    except IntegrityError:  # another user reported it in the same instant
        return cases.get()


@transaction.atomic
def decide(case_id: int, moderator: User, decision: Decision, answer: str = "") -> Case:
    """Decide a case and carry the decision out; those who reported it get the answer.

    Locks the case's row: of two moderators the second gets AlreadyDecidedError. Whether this
    moderator may do it, the caller has checked.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("accused").get(pk=case_id)
    if case.decision:
        raise AlreadyDecidedError
    if decision == Decision.HIDE:
        hide = targets.registered()[Kind(case.kind)].hide
        assert hide is not None, "offered only where the kind can be hidden"
        hide(case.target_id)
    elif decision == Decision.SUSPEND and case.accused is not None:
        suspend_users(User.objects.filter(pk=case.accused.pk))
    case.decision = decision
    case.answer = answer or DEFAULT_ANSWERS[decision]
    case.decided_by = moderator
    case.decided_at = timezone.now()
    case.save(update_fields=["decision", "answer", "decided_by", "decided_at"])
    signals.case_decided.send(Case, case=case)
    return case
