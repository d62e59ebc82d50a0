"""How the neighbours' projects are ranked. The endpoint and the evaluation share it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

Pairs = Sequence[tuple[int, int]]

WRITTEN = 1.0
BOOKMARKED = 0.5
# Who shares bookmarks with me shares my taste, which the stack alone does not tell. This and the
# next are what `evaluate_recommendations` found to gain; normalising by popularity did not.
PER_COMMON_BOOKMARK = 3.0
# How much less a neighbour's oldest bookmark says than the newest: by the factor 1/e.
FADING = 1.0


@dataclass
class Candidate:
    """A project that neighbours wrote or bookmarked."""

    score: float = 0.0
    # the neighbour who speaks for it most
    neighbour: int = 0
    strength: float = 0.0

    def add(self, neighbour: int, vote: float) -> None:
        """Count a neighbour's vote."""
        self.score += vote
        if vote > self.strength:
            self.strength, self.neighbour = vote, neighbour


def collect(
    similarity: Mapping[int, float],
    written: Pairs,
    bookmarked: Pairs,
    mine: Collection[int],
) -> dict[int, Candidate]:
    """Sum up, for each project that is not `mine`, the votes of the neighbours who stand for it.

    The pairs are (neighbour, project), newest first; `mine` are the projects I bookmarked.
    A vote is the neighbour's similarity, raised by what we both bookmarked.
    """
    common = Counter(neighbour for neighbour, project in bookmarked if project in mine)
    weight = {
        neighbour: score * (1 + PER_COMMON_BOOKMARK * common[neighbour])
        for neighbour, score in similarity.items()
    }
    candidates: dict[int, Candidate] = defaultdict(Candidate)
    for neighbour, project in written:
        candidates[project].add(neighbour, WRITTEN * weight[neighbour])
    totals = Counter(neighbour for neighbour, _ in bookmarked)
    places: Counter[int] = Counter()
    for neighbour, project in bookmarked:
        fading = math.exp(-FADING * places[neighbour] / totals[neighbour])
        places[neighbour] += 1
        if project not in mine:
            candidates[project].add(neighbour, BOOKMARKED * fading * weight[neighbour])
    return dict(candidates)
