"""Writes over the tech stack that touch other tables."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from user.models import Profile, Skill, SkillName, SkillSuggestion
from user.signals import skills_merged


@transaction.atomic
def merge_skills(keeper: Skill, double: Skill) -> None:
    """Make one skill of two: everybody who uses `double` uses `keeper`, which takes its names.

    Locks both rows, so that two merges of the same skills follow one another. Higher floors follow
    by the signal `skills_merged`, sent before `double` goes.
    """
    locked = Skill.objects.select_for_update().in_bulk([keeper.pk, double.pk])
    if len(locked) < 2:  # another moderator was quicker
        return
    Profile.objects.filter(skills=double).update(skills_changed_at=timezone.now())
    replace_skill(Profile.skills.through, "profile", keeper, double)
    SkillName.objects.filter(skill=double).update(skill=keeper)
    skills_merged.send(Skill, keeper=keeper, double=double)
    double.delete()


@transaction.atomic
def accept_suggestions(suggestions: QuerySet[SkillSuggestion]) -> list[Skill]:
    """Make skills of suggestions that no skill goes by yet, and return them; all suggestions go."""
    names = list(suggestions.values_list("name", flat=True))
    known = Skill.objects.named(names)
    added = [Skill.objects.create(name=name) for name in names if name not in known]
    suggestions.delete()
    return added


def replace_skill(table: Any, owner: str, keeper: Skill, double: Skill) -> None:
    """In a table of who has which skill, let `keeper` stand for `double`, once for each owner."""
    uses = table.objects.all()
    have_both = uses.filter(skill=keeper).values(f"{owner}_id")
    uses.filter(skill=double).exclude(**{f"{owner}__in": have_both}).update(skill=keeper)
