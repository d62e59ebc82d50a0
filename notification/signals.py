"""What higher floors learn from here, and what follows what happens below."""

from typing import Any

from django.dispatch import Signal, receiver

from notification.models import Follow
from user.models import Skill
from user.signals import skills_merged
from user.skills.services import replace_skill

# Sent after the commit with `user_ids`, the people whose list or number changed.
notified = Signal()


@receiver(skills_merged)
def follow_merged_skills(sender: type, keeper: Skill, double: Skill, **_: Any) -> None:
    """Who followed either of two skills that became one follows that one, once."""
    replace_skill(Follow, "follower", keeper, double)
