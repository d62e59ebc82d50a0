"""People like me: who holds a similar stack and may be asked for a coffee chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ai.recommend import read_stack, skills_of, stacks_of
from ai.visibility import new_people_for
from user.models import User


@dataclass(frozen=True)
class SimilarPerson:
    """A person with what their stack and mine have in common now."""

    person: User
    score: float
    shared_skills: list[str]


@dataclass(frozen=True)
class SimilarPeople:
    """The answer to one request."""

    results: list[SimilarPerson]
    generated_at: str | None


def people_like(user: User, limit: int) -> SimilarPeople:
    """The nearest by stack whom this user may meet and does not know; a fixed number of queries."""
    generated_at, stack = read_stack(user.pk)
    skills = skills_of(user)
    rows: Any = new_people_for(user).filter(pk__in=[pk for pk, _ in stack])
    people: dict[int, User] = {
        person.pk: person for person in rows.select_related("profile__image")
    }
    stacks = stacks_of(set(people))
    found = []
    for pk in (pk for pk, _ in stack if pk in people):
        common = stacks.get(pk, set()) & skills.keys()
        if common:
            score = round(len(common) / len(stacks[pk] | skills.keys()), 4)
            names = sorted(skills[skill] for skill in common)
            found.append(SimilarPerson(people[pk], score, names))
    found.sort(key=lambda person: -person.score)  # the files' order among equals
    return SimilarPeople(found[:limit], generated_at)
