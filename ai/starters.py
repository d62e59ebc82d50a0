"""What a newcomer is shown to pick from, so that their taste is known from the first minute."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from ai import ranking
from ai.ranking import Starter
from ai.recommend import skills_of
from ai.visibility import projects_for
from project.models import Project, skill_names
from user.models import User

STARTERS = 5
# Of so many well-known projects the starters are chosen, with my skills and without.
POOL = 200


def starters_for(user: User) -> list[Any]:
    """Cards of at most `STARTERS` projects, spread over the user's skills; five queries.

    Projects that the user dismissed or bookmarked make room for others.
    """
    skills = skills_of(user)
    known = projects_for(user).filter(bookmark_count__gt=0).order_by("-bookmark_count", "-id")
    uses = Project.skills.through.objects.filter(project=OuterRef("pk"), skill__in=list(skills))
    fitting = _starters(known.filter(Exists(uses)))
    others = _starters(known)
    chosen = ranking.spread(fitting, skills.values(), STARTERS)
    left = [starter for starter in others if starter.id not in chosen]
    chosen += ranking.spread(left, skills.values(), STARTERS - len(chosen))
    cards = {card.pk: card for card in Project.objects.for_board(user).filter(pk__in=chosen)}
    return [cards[pk] for pk in chosen if pk in cards]


def _starters(projects: Any) -> list[Starter]:
    """The best known of these; one query."""
    rows = projects.values_list("pk", "author_id", "bookmark_count", skill_names())[:POOL]
    return [Starter(pk, author, kept, frozenset(names)) for pk, author, kept, names in rows]
