"""Which projects to recommend to a user, and why."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from ai import ranking
from ai.files import health
from ai.files.generations import DamagedError, NoGenerationError, read_neighbours
from project.models import Bookmark, Project
from user.models import Profile, User

logger = logging.getLogger(__name__)

MOST_BY_ONE_AUTHOR = 2
# Of so many neighbours' newest bookmarks and projects the candidates are made.
MOST_VOTES = 4000


@dataclass(frozen=True)
class Recommendation:
    """A project with the reason for it."""

    project: Project
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
    generated_at, similarity = _neighbours(user.pk)
    skills = dict(
        Profile.skills.through.objects.filter(profile_id=user.pk).values_list(
            "skill_id", "skill__name"
        )
    )
    candidates = _candidates(user, similarity)
    authors: dict[int, int] = {}
    best = _best(user, candidates, limit, authors)
    popular, shared = _fillers(user, skills, limit, authors)
    chosen = _choose(authors, [*best, *shared, *popular], limit)
    board = Project.objects.for_board(user).filter(pk__in=chosen)
    cards: dict[int, Any] = {project.pk: project for project in board}
    names, held = _people({candidates[pk].neighbour for pk in chosen if pk in candidates}, skills)

    answer = Recommendations(generated_at=generated_at)
    for project in (cards[pk] for pk in chosen if pk in cards):
        candidate = candidates.get(project.pk)
        common = sorted(set(project.skill_names) & set(skills.values()))
        reason: dict[str, Any] = {"kind": "popular"}
        if candidate and candidate.neighbour in names:
            reason = {
                "kind": "similar_stack",
                "username": names[candidate.neighbour],
                "score": similarity[candidate.neighbour],
                "shared_skills": sorted(skills[skill] for skill in held[candidate.neighbour]),
            }
        elif common:
            reason = {"kind": "shared_skills", "skills": common}
        answer.results.append(Recommendation(project, reason))
    return answer


def _neighbours(user_id: int) -> tuple[str | None, dict[int, float]]:
    """When the files were written, and the neighbours with their scores; damage is logged."""
    try:
        manifest, neighbours = read_neighbours(settings.SIMILARITY_DIR, user_id)
    except NoGenerationError:
        return None, {}
    except DamagedError as error:
        logger.error("The similarity files are damaged: %s", error)
        health.note_damage(str(error))
        return None, {}
    return manifest.created_at, dict(neighbours)


def _candidates(user: User, similarity: dict[int, float]) -> dict[int, ranking.Candidate]:
    """What the neighbours wrote and bookmarked.

    Looked up by their ids alone: joins with all users would cost with their number. Who was
    suspended leaves the files within a minute, and is not named until then.
    """
    people = list(similarity)
    written = Project.objects.filter(author__in=people, is_hidden=False).order_by("-id")
    kept = Bookmark.objects.filter(user__in=people).order_by("-id")
    mine = Bookmark.objects.filter(user=user).order_by("-id")
    return ranking.collect(
        similarity,
        list(written.values_list("author_id", "id")[:MOST_VOTES]),
        list(kept.values_list("user_id", "project_id")[:MOST_VOTES]),
        set(mine.values_list("project_id", flat=True)[:MOST_VOTES]),
    )


def _for(user: User) -> Any:
    """What may be recommended to the user at all."""
    return Project.objects.visible().exclude(author=user).exclude(bookmarks__user=user)


def _best(
    user: User, candidates: dict[int, ranking.Candidate], limit: int, authors: dict[int, int]
) -> list[int]:
    """The best candidates: by score, then freshness and popularity. Adds their authors."""
    likely = sorted(candidates, key=lambda pk: (-candidates[pk].score, -pk))[: 4 * limit + 20]
    facts = _for(user).filter(pk__in=likely)
    rows = list(facts.values_list("pk", "author_id", "created_at", "bookmark_count"))
    rows.sort(key=lambda row: (candidates[row[0]].score, *row[2:], row[0]), reverse=True)
    authors.update((pk, author) for pk, author, *_ in rows)
    return [pk for pk, *_ in rows]


def _fillers(
    user: User, skills: dict[int, str], limit: int, authors: dict[int, int]
) -> tuple[list[int], list[int]]:
    """The most popular projects, and those sharing most skills. Adds their authors."""
    popular = _for(user).order_by("-bookmark_count", "-id")
    top = dict(popular.values_list("pk", "author_id")[: 4 * limit])
    suitable = popular.with_skills(skills.values(), "any")
    sharing = dict(suitable.values_list("pk", "author_id")[: 8 * limit])
    uses = Project.skills.through.objects.filter(project__in=list(sharing), skill__in=list(skills))
    shared = Counter(uses.values_list("project_id", flat=True))
    authors.update(top | sharing)
    # Among equals the more popular stands first.
    return list(top), sorted(sharing, key=lambda pk: -shared[pk])


def _choose(authors: dict[int, int], projects: list[int], limit: int) -> list[int]:
    """The first `limit` projects, none twice, no author too often."""
    by_author: Counter[int] = Counter()
    chosen: list[int] = []
    for pk in dict.fromkeys(projects):
        if len(chosen) < limit and by_author[authors[pk]] < MOST_BY_ONE_AUTHOR:
            by_author[authors[pk]] += 1
            chosen.append(pk)
    return chosen


def _people(ids: set[int], skills: dict[int, str]) -> tuple[dict[int, str], dict[int, list[int]]]:
    """The names of these people, as far as they are active, and which of the skills each holds."""
    names = dict(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", "username"))
    held: dict[int, list[int]] = defaultdict(list)
    links = Profile.skills.through.objects.filter(profile__in=ids, skill__in=list(skills))
    for person, skill in links.values_list("profile_id", "skill_id"):
        held[person].append(skill)
    return names, held
