"""How good the recommendations are on people of whom one knows what they kept.

The newest part of what each person kept is held out, and every method says, from the rest, what
the person will keep. The skills of people are derived again from the rest, or the held-out part
would leak into them. Everything is seeded: the same data gives the same table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ai import ranking
from ai.similarity import neighbour_lists, search

Floats = npt.NDArray[np.float64]
TOP = 20
HELD_OUT = 0.2
RESAMPLES = 1000


@dataclass
class Data:
    """Who kept what, oldest first, and who holds which skills."""

    kept: dict[int, list[int]]
    later: dict[int, set[int]]
    skills: dict[int, list[str]]
    project_skills: dict[int, list[str]]

    @classmethod
    def read(cls, projects: Path, stars: Path) -> Data:
        """Read project_id, skills (joined by ``;``) and user_id, project_id in order of time."""
        table = pd.read_csv(projects, usecols=["project_id", "skills"]).fillna({"skills": ""})
        project_skills = {
            int(project): [name for name in names.split(";") if name]
            for project, names in zip(table["project_id"], table["skills"], strict=True)
        }
        pairs = pd.read_csv(stars, usecols=["user_id", "project_id"])
        kept: dict[int, list[int]] = {}
        later: dict[int, set[int]] = {}
        for user, group in pairs.groupby("user_id", sort=True)["project_id"]:
            everything = group.tolist()
            held_out = max(1, round(HELD_OUT * len(everything)))
            kept[int(str(user))] = everything[:-held_out]
            later[int(str(user))] = set(everything[-held_out:])
        skills = {user: derive_skills(items, project_skills) for user, items in kept.items()}
        return cls(kept, later, skills, project_skills)


def derive_skills(kept: list[int], project_skills: dict[int, list[str]]) -> list[str]:
    """The skills that occur twice and in 5 % of what a user kept, up to 15; else the top 3."""
    counts = Counter(name for project in kept for name in project_skills[project])
    often = [name for name, n in counts.most_common() if n >= 2 and n >= 0.05 * len(kept)]
    return often[:15] or [name for name, _ in counts.most_common(3)]


def find_neighbours(skills: dict[int, list[str]], k: int) -> dict[int, list[tuple[int, float]]]:
    """What the job would write for these people."""
    names = sorted({name for held in skills.values() for name in held})
    users = np.array(sorted(user for user, held in skills.items() if held), np.int64)
    bits = {name: i for i, name in enumerate(names)}
    pairs = [(row, bits[name]) for row, user in enumerate(users.tolist()) for name in skills[user]]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    found = neighbour_lists.build(
        k, users, search.make_words(users.size, rows, columns, len(names))
    )
    return dict(found.neighbours())


Method = Callable[[int], list[int]]


class Methods:
    """The ways to recommend that are compared; each gives the best `TOP` of a user."""

    def __init__(self, data: Data, near: dict[int, list[tuple[int, float]]], seed: int) -> None:
        self.data = data
        self.near = near
        self.random = np.random.default_rng(seed)
        self.catalogue = np.array(sorted(data.project_skills), np.int64)
        counts = Counter(project for kept in data.kept.values() for project in kept)
        self.popular = sorted(self.catalogue.tolist(), key=lambda p: (-counts[p], p))
        self.popularity = counts
        self.newest_first = {user: kept[::-1] for user, kept in data.kept.items()}

    def all(self) -> dict[str, Method]:
        """The methods by name, the endpoint's last."""
        return {
            "random": self.by_chance,
            "popularity": self.by_popularity,
            "shared skill, then popularity": self.by_shared_skill,
            "similar stack, 20 neighbours": lambda user: self.by_similarity(user, 20),
            "similar stack, all neighbours": lambda user: self.by_similarity(user, None),
            "SidePro": self.by_ranking,
        }

    def by_chance(self, user: int) -> list[int]:
        """Any projects."""
        order = self.random.permutation(self.catalogue)[: TOP + len(self.data.kept[user])]
        return self._first(user, order.tolist())

    def by_popularity(self, user: int) -> list[int]:
        """What most people kept."""
        return self._first(user, self.popular)

    def by_shared_skill(self, user: int) -> list[int]:
        """What most people kept among the projects that share a skill."""
        mine = set(self.data.skills[user])
        skills = self.data.project_skills
        return self._first(user, (p for p in self.popular if not mine.isdisjoint(skills[p])))

    def by_similarity(self, user: int, k: int | None) -> list[int]:
        """The summed similarity of the neighbours who kept it, and nothing else."""
        scores: dict[int, float] = defaultdict(float)
        for neighbour, score in self.near.get(user, [])[:k]:
            for project in self.data.kept[neighbour]:
                scores[project] += score
        return self._first(user, self._ranked(scores))

    def by_ranking(self, user: int) -> list[int]:
        """The endpoint's ranking."""
        near = dict(self.near.get(user, []))
        bookmarked = [(n, project) for n in near for project in self.newest_first[n]]
        found = ranking.collect(near, [], bookmarked, set(self.data.kept[user]))
        return self._first(user, self._ranked({p: found[p].score for p in found}))

    def _ranked(self, scores: dict[int, float]) -> Iterator[int]:
        yield from sorted(scores, key=lambda p: (-scores[p], -self.popularity[p], p))
        yield from self.popular

    def _first(self, user: int, projects: Iterator[int] | list[int]) -> list[int]:
        known = set(self.data.kept[user])
        best: dict[int, None] = {}
        for project in projects:
            if project not in known:
                best[project] = None
                if len(best) == TOP:
                    break
        return list(best)


@dataclass
class Result:
    """What a method reached with each of the users, and what it showed them."""

    name: str
    recall: Floats
    ndcg: Floats
    shown: list[list[int]]

    def coverage(self, catalogue: int) -> float:
        """The share of the catalogue that was shown to anybody."""
        return len({project for top in self.shown for project in top}) / catalogue


def evaluate(data: Data, methods: dict[str, Method], users: list[int]) -> Iterator[Result]:
    """Try each method on the users."""
    discounts = 1 / np.log2(np.arange(2, TOP + 2))
    for name, method in methods.items():
        shown = [method(user) for user in users]
        recall, ndcg = np.zeros((2, len(users)))
        for i, (user, top) in enumerate(zip(users, shown, strict=True)):
            later = data.later[user]
            hits = np.array([project in later for project in top], np.float64)
            recall[i] = hits.sum() / len(later)
            best = discounts[: min(TOP, len(later))].sum()
            ndcg[i] = (hits * discounts[: hits.size]).sum() / best
        yield Result(name, recall, ndcg, shown)


def interval(values: Floats, seed: int) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean."""
    random = np.random.default_rng(seed)
    means = [values[random.integers(0, values.size, values.size)].mean() for _ in range(RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def coverage_interval(result: Result, catalogue: int, seed: int) -> tuple[float, float]:
    """The 95 % bootstrap interval of the coverage.

    Drawing users again shows fewer projects than all users did, so the spread of the draws is put
    around the coverage that was found.
    """
    random = np.random.default_rng(seed)
    n = len(result.shown)
    draws = []
    for _ in range(RESAMPLES // 10):
        seen = {p for i in random.integers(0, n, n).tolist() for p in result.shown[i]}
        draws.append(len(seen) / catalogue)
    middle = result.coverage(catalogue)
    spread = 1.96 * float(np.std(draws))
    return max(0.0, middle - spread), min(1.0, middle + spread)
