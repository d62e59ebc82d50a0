"""How projects are ranked, on plain values: the endpoint and the evaluation share every step.

The constants were found by `manage.py evaluate_recommendations --tune`, on people who are never
judged: 1,500 of them, recall@20 as a ratio to that of the other value, with its paired interval,
on the newest fifth of what they kept, and where neighbours know only their oldest 40 % (strict).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Weights:
    """The constants of the ranking."""

    # what a whole similarity of stacks weighs; the taste at place `anchor` of my list weighs 1
    stack: float = 0.5
    anchor: int = 50
    # a neighbour's oldest bookmark counts less than the newest by the factor exp(-fading)
    fading: float = 2.0
    # what everybody knows stands back: scores are divided by this power of the number of
    # bookmarks; people without bookmarks are better served without. 0.2 finds as much (0.99, 0.96
    # to 1.02; strict 0.98, 0.94 to 1.02) but shows .38 of the catalogue instead of .53
    damping: float = 0.35
    # what few of my neighbours chose may be chance: of its score counts votes / (votes + this).
    # Against none 1.06 (1.04 to 1.08), strict 1.25 (1.17 to 1.32); none shows .68 of the catalogue;
    # with 2.5 and more the demo's first page fits less
    doubt: float = 2.0
    # what an author made of whom I bookmarked something counts so much more. Against none 1.00
    # (0.98 to 1.02), strict 1.03 (1.00 to 1.06); with a doubt of 3 strict 1.06 (1.02 to 1.09)
    familiar: float = 0.6
    # one neighbour speaks for at most so many of their newest bookmarks; against 50 of them 1.02
    # (1.00 to 1.05), strict 1
    newest: int = 20
    # so many candidates, those with most votes, are looked at closely
    shortlist: int = 400


WEIGHTS = Weights()
MOST_BY_ONE_AUTHOR = 2
# The neighbours who speak most for a project, of whom one is named.
VOTERS = 3

Relation = Literal["made", "bookmarked"]


@dataclass(frozen=True)
class Neighbour:
    """A user like me: how much their word weighs, and whether by taste or by stack."""

    weight: float
    by_taste: bool


@dataclass(frozen=True)
class Person:
    """What a neighbour stands for."""

    id: int
    bookmarks: Sequence[int]  # the newest first, at most `Weights.newest`
    total: int  # how many there are in all
    made: Sequence[int]


@dataclass
class Candidate:
    """A project that neighbours made or bookmarked."""

    score: float = 0.0
    votes: int = 0
    # (vote, neighbour, relation), the strongest first
    voters: list[tuple[float, int, Relation]] = field(default_factory=list)

    def add(self, vote: float, person: int, relation: Relation) -> None:
        """Count a neighbour's vote."""
        self.score += vote
        self.votes += 1
        self.voters.append((vote, person, relation))
        if len(self.voters) > VOTERS:
            self.voters.remove(min(self.voters))


@dataclass(frozen=True)
class Fact:
    """What the ranking asks of a project; `order` decides among equals, the larger first."""

    author: int
    bookmarks: int
    order: tuple[object, ...] = ()


def weigh(
    stack: Iterable[tuple[int, float]],
    tastes: Sequence[tuple[int, float, float]],
    weights: Weights = WEIGHTS,
) -> dict[int, Neighbour]:
    """My neighbours, from (id, score) of the one list and (id, taste, score) of the other.

    Both lists stand best first.
    """
    found = {person: Neighbour(weights.stack * score, by_taste=False) for person, score in stack}
    if tastes:
        anchor = tastes[min(int(weights.anchor), len(tastes)) - 1][1]
        for person, taste, score in tastes:
            by_stack, by_taste = weights.stack * score, taste / anchor
            found[person] = Neighbour(by_stack + by_taste, by_taste >= by_stack)
    return found


def collect(
    neighbours: Mapping[int, Neighbour],
    people: Iterable[Person],
    known: Collection[int],
    weights: Weights = WEIGHTS,
) -> dict[int, Candidate]:
    """The projects that are not `known`, with the votes of the people who stand for them."""
    candidates: dict[int, Candidate] = {}

    def vote(project: int, weight: float, person: int, relation: Relation) -> None:
        if project not in known:
            candidates.setdefault(project, Candidate()).add(weight, person, relation)

    for person in people:
        weight = neighbours[person.id].weight
        made = set(person.made)
        for project in made:
            vote(project, weight, person.id, "made")
        for place, project in enumerate(person.bookmarks[: weights.newest]):
            if project not in made:
                fading = math.exp(-weights.fading * place / person.total)
                vote(project, weight * fading, person.id, "bookmarked")
    return candidates


def shortlist(candidates: Mapping[int, Candidate], weights: Weights = WEIGHTS) -> list[int]:
    """The candidates that are worth looking up."""
    return sorted(candidates, key=lambda pk: (-candidates[pk].score, -pk))[: weights.shortlist]


def rank(
    candidates: Mapping[int, Candidate],
    facts: Mapping[int, Fact],
    weights: Weights = WEIGHTS,
    *,
    has_taste: bool,
    familiar: Collection[int] = (),
) -> list[int]:
    """The candidates of which there are facts, the best first.

    `familiar` are the authors of what I bookmarked.
    """
    power = weights.damping if has_taste else 0.0

    def key(pk: int) -> tuple[float, tuple[object, ...], int]:
        fact, votes = facts[pk], candidates[pk].votes
        score = candidates[pk].score * votes / (votes + weights.doubt)
        if fact.author in familiar:
            score *= 1 + weights.familiar
        return score / max(fact.bookmarks, 1) ** power, fact.order, pk

    return sorted((pk for pk in facts if pk in candidates), key=key, reverse=True)


def choose(projects: Iterable[int], author_of: Callable[[int], int], limit: int) -> list[int]:
    """The first `limit` of these, none twice, no author too often."""
    by_author: Counter[int] = Counter()
    chosen: list[int] = []
    for pk in dict.fromkeys(projects):
        if len(chosen) == limit:
            break
        if by_author[author_of(pk)] < MOST_BY_ONE_AUTHOR:
            by_author[author_of(pk)] += 1
            chosen.append(pk)
    return chosen


@dataclass(frozen=True)
class Starter:
    """A project that a newcomer may be shown first."""

    id: int
    author: int
    bookmarks: int
    skills: frozenset[str]


def spread(starters: Sequence[Starter], mine: Collection[str], limit: int) -> list[int]:
    """The projects that tell most of a newcomer who picks among them, best first.

    A pick is the likelier the better a project is known, and the more worth the more people it
    leads to, who each count less for what many know: together bookmarks^0.4 and more (see
    `ai.similarity.taste`). Each skill of mine that is on show already halves what it adds.
    """
    on_show: Counter[str] = Counter()
    authors: set[int] = set()
    chosen: list[int] = []

    def gain(starter: Starter) -> tuple[float, int]:
        skills = starter.skills.intersection(mine) or starter.skills
        news = sum(0.5 ** on_show[skill] for skill in skills) / math.sqrt(max(len(skills), 1))
        return (1 + starter.bookmarks) ** 0.4 * news, starter.id

    left = list(starters)
    while left and len(chosen) < limit:
        best = max(left, key=gain)
        left.remove(best)
        if best.author not in authors:
            authors.add(best.author)
            chosen.append(best.id)
            on_show.update(best.skills)
    return chosen
