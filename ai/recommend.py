"""Which projects to recommend to a user, and why."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ai import ranking
from ai.constants import MIN_SIMILARITY
from ai.files import health
from ai.files.generations import DamagedError, NoGenerationError, read_neighbours, read_tastes
from ai.ranking import Candidate, Fact, Neighbour, Person, Relation
from ai.visibility import projects_for, shown_projects
from moderation.visibility import people_for
from project.models import Bookmark, Project
from project.models.expressions import ListSubquery
from user.models import Profile, User

logger = logging.getLogger(__name__)

# Of so many of my newest bookmarks a reason may name some.
MOST_OF_MINE = 500
# So many shared projects a reason names.
MOST_NAMED = 3
# One person is the reason for no more than so many projects, while there are others.
MOST_OFTEN_NAMED = 2


@dataclass(frozen=True)
class Recommendation:
    """A project with the reason for it."""

    project: Any
    reason: dict[str, Any]


@dataclass
class Recommendations:
    """The answer to one request."""

    results: list[Recommendation] = field(default_factory=list)
    generated_at: str | None = None

    @property
    def source(self) -> list[str]:
        """The kinds of reasons, in the order of their first use."""
        return list(dict.fromkeys(str(found.reason["kind"]) for found in self.results))


def recommend(user: User, limit: int) -> Recommendations:
    """Projects for this user: the neighbours' first, then such with their skills, then popular.

    The number of queries is the same whatever there is to find; whole cards are read only of the
    projects that are shown.
    """
    generated_at, neighbours, has_taste = _neighbours(user.pk)
    skills = skills_of(user)
    mine = Bookmark.objects.filter(user=user).order_by("-id")
    authors = dict(mine.values_list("project_id", "project__author_id")[:MOST_OF_MINE])
    bookmarked = list(authors)
    usernames, people = _people(user, neighbours)
    candidates = ranking.collect(neighbours, people, set(bookmarked))
    facts = _facts(projects_for(user).filter(pk__in=ranking.shortlist(candidates)))
    best = ranking.rank(candidates, facts, has_taste=has_taste, familiar=set(authors.values()))
    shared = _fillers(user, limit, list(skills))
    popular = _fillers(user, limit)
    facts |= shared | popular
    chosen = ranking.choose([*best, *shared, *popular], lambda pk: facts[pk].author, limit)
    board = Project.objects.for_board(user).filter(pk__in=chosen)
    cards: dict[int, Any] = {card.pk: card for card in board}
    shown = [cards[pk] for pk in chosen if pk in cards]
    reasons = _Reasons(user, skills, bookmarked, neighbours, usernames)
    reasons.look_up([candidates[card.pk] for card in shown if card.pk in candidates])
    return Recommendations(
        [Recommendation(card, reasons.of(card, candidates.get(card.pk))) for card in shown],
        generated_at,
    )


def skills_of(user: User) -> dict[int, str]:
    """The ids and names of a user's skills."""
    links = Profile.skills.through.objects.filter(profile_id=user.pk)
    return dict(links.values_list("skill_id", "skill__name"))


def read_stack(user_id: int) -> tuple[str | None, list[tuple[int, float]]]:
    """When the files were written, and the neighbours by stack; damage is logged."""
    manifest, stack = _read(read_neighbours, user_id, (None, []))
    return (manifest.created_at if manifest else None), stack


def _neighbours(user_id: int) -> tuple[str | None, dict[int, Neighbour], bool]:
    """When the files were written, the neighbours, and whether some share bookmarks with me."""
    generated_at, stack = read_stack(user_id)
    tastes: list[tuple[int, float, float]] = _read(read_tastes, user_id, [])
    return generated_at, ranking.weigh(stack, tastes), bool(tastes)


def _read(read: Callable[[str, int], Any], user_id: int, otherwise: Any) -> Any:
    try:
        return read(settings.SIMILARITY_DIR, user_id)
    except NoGenerationError:
        return otherwise
    except DamagedError as error:
        logger.error("The similarity files are damaged: %s", error)
        health.note_damage(str(error))
        return otherwise


def _people(user: User, neighbours: dict[int, Neighbour]) -> tuple[dict[int, str], list[Person]]:
    """The names of the neighbours who may be shown, and what they stand for; one query."""
    rows = people_for(user).filter(pk__in=list(neighbours)).order_by()
    columns = newest_bookmarks(), bookmarks_made(), projects_made()
    names: dict[int, str] = {}
    people = []
    for pk, username, newest, total, made in rows.values_list("pk", "username", *columns):
        names[pk] = username
        people.append(Person(pk, newest, total, made))
    return names, people


@cache
def newest_bookmarks() -> ListSubquery:
    """A person's newest bookmarked projects, as a column of their row."""
    theirs = Bookmark.objects.filter(user=OuterRef("pk")).order_by("-id")
    return ListSubquery(theirs.values(item=F("project_id"))[: ranking.WEIGHTS.newest])


@cache
def bookmarks_made() -> Any:
    """How many bookmarks a person has, as a column of their row."""
    theirs = Bookmark.objects.filter(user=OuterRef("pk")).order_by().values("user")
    return Coalesce(Subquery(theirs.annotate(n=Count("*")).values("n")), 0)


@cache
def projects_made() -> ListSubquery:
    """A person's newest projects, as a column of their row."""
    theirs = Project.objects.filter(author=OuterRef("pk"), is_hidden=False)
    return ListSubquery(
        theirs.order_by("-created_at").values(item=F("pk"))[: ranking.WEIGHTS.newest]
    )


def _facts(projects: Any) -> dict[int, Fact]:
    rows = projects.values_list("pk", "author_id", "bookmark_count", "created_at")
    return {pk: Fact(author, kept, (made, kept)) for pk, author, kept, made in rows}


def _fillers(user: User, limit: int, skills: list[int] | None = None) -> dict[int, Fact]:
    """The most popular projects, of each author the two best only; with skills, the most fitting.

    Enough that the list is full, whichever of them stand in it already: each project in it takes
    away itself, or with another of its author both of theirs here.
    """
    suitable = projects_for(user)
    if skills is not None:
        uses = Project.skills.through.objects.filter(project=OuterRef("pk"), skill__in=skills)
        suitable = suitable.filter(Exists(uses))
    better = suitable.filter(
        Q(bookmark_count__gt=OuterRef("bookmark_count"))
        | Q(bookmark_count=OuterRef("bookmark_count"), pk__gt=OuterRef("pk")),
        author=OuterRef("author"),
    )
    two_each = suitable.filter(~Exists(better.order_by()[ranking.MOST_BY_ONE_AUTHOR - 1 :]))
    found = _facts(two_each.order_by("-bookmark_count", "-id")[: 4 * limit])
    if skills is None:
        return found
    uses = Project.skills.through.objects.filter(project__in=list(found), skill__in=skills)
    shared = Counter(uses.values_list("project_id", flat=True))
    # Among equals the more popular stands first.
    return {pk: found[pk] for pk in sorted(found, key=lambda pk: -shared[pk])}


class _Reasons:
    """Why projects are recommended: what is true now, whatever the files said."""

    def __init__(
        self,
        user: User,
        skills: dict[int, str],
        bookmarked: list[int],
        neighbours: dict[int, Neighbour],
        usernames: dict[int, str],
    ) -> None:
        self.user = user
        self.skills = skills
        self.bookmarked = bookmarked
        self.neighbours = neighbours
        self.usernames = usernames
        self.stacks: dict[int, set[int]] = {}
        self.shared_projects: dict[int, list[dict[str, Any]]] = {}
        self.named: Counter[int] = Counter()

    def look_up(self, candidates: list[Candidate]) -> None:
        """Read what those have in common with me who speak for the candidates; two queries."""
        ids = {person for candidate in candidates for _, person, _ in candidate.voters}
        self.stacks = stacks_of(ids)
        shared = Bookmark.objects.filter(
            user__in=ids,
            project__in=shown_projects(self.user).filter(pk__in=self.bookmarked),
        )
        rows = shared.order_by("project__bookmark_count", "-project_id")
        for person, pk, title in rows.values_list("user_id", "project_id", "project__title"):
            projects = self.shared_projects.setdefault(person, [])
            if len(projects) < MOST_NAMED:
                projects.append({"id": pk, "title": title})

    def of(self, card: Any, candidate: Candidate | None) -> dict[str, Any]:
        """The reason for a card."""
        reasons = [
            (self.named[person] >= MOST_OFTEN_NAMED, person, reason)
            for _, person, relation in sorted(candidate.voters if candidate else [], reverse=True)
            if (reason := self._of_person(person, relation))
        ]
        if reasons:
            _, person, reason = min(reasons, key=lambda found: found[0])
            self.named[person] += 1
            return reason
        if common := sorted(set(card.skill_names) & set(self.skills.values())):
            return {"kind": "shared_skills", "skills": common}
        return {"kind": "popular" if card.bookmark_count else "new"}

    def _of_person(self, person: int, relation: Relation) -> dict[str, Any] | None:
        """What this person and I have in common; None when that is nothing by now."""
        who = {"username": self.usernames[person], "relation": relation}
        by_stack = by_taste = None
        common = self.stacks.get(person, set()) & self.skills.keys()
        score = len(common) / (len(self.stacks.get(person, set()) | self.skills.keys()) or 1)
        if common and score >= MIN_SIMILARITY:
            names = sorted(self.skills[skill] for skill in common)
            by_stack = {"kind": "similar_stack", **who, "score": round(score, 4)}
            by_stack["shared_skills"] = names
        if projects := self.shared_projects.get(person):
            by_taste = {"kind": "similar_taste", **who, "shared_projects": projects}
        if self.neighbours[person].by_taste:
            return by_taste or by_stack
        return by_stack or by_taste


def stacks_of(people: set[int]) -> dict[int, set[int]]:
    """The skills of each of these people; one query."""
    stacks: dict[int, set[int]] = {}
    links = Profile.skills.through.objects.filter(profile__in=people)
    for person, skill in links.values_list("profile_id", "skill_id"):
        stacks.setdefault(person, set()).add(skill)
    return stacks
