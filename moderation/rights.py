"""What a moderator may decide. Being staff alone allows nothing."""

from moderation import targets
from moderation.constants import Decision, Kind
from moderation.models import Case
from user.models import User


def allowed_decisions(case: Case, moderator: User) -> list[Decision]:
    """The decisions about this case that the moderator's permissions allow.

    A moderator cannot suspend themselves, and only a superuser suspends a superuser.
    """
    if not moderator.has_perm("moderation.change_case"):
        return []
    allowed = [Decision.DISMISS]
    kind = targets.registered().get(Kind(case.kind))
    if kind and kind.hide and moderator.has_perm(kind.hide_permission):
        allowed.append(Decision.HIDE)
    accused = case.accused
    if (
        accused is not None
        and accused != moderator
        and moderator.has_perm("user.change_user")
        and (moderator.is_superuser or not accused.is_superuser)
    ):
        allowed.append(Decision.SUSPEND)
    return allowed
