"""The ways to recommend that are compared; each gives the best `TOP` of a user."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags

from ai import ranking
from ai.evaluation.data import Kept, Split
from ai.files.csv_parts import score_texts
from ai.ranking import Fact, Person, Weights
from ai.similarity import neighbour_lists, search, taste
from ai.similarity.bookmarks import Bookmarks

TOP = 20
WALK_BETA = 0.3
Method = Callable[[int], list[int]]
Stack = list[tuple[int, float]]
Tastes = list[tuple[int, float, float]]


@dataclass(frozen=True)
class Lists:
    """What the job would write for these people."""

    stack: dict[int, Stack]
    tastes: dict[int, Tastes]


def compute_lists(split: Split, judged: list[int], k: int, taste_k: int) -> Lists:
    """Both lists, by the job's own functions; those of taste of the judged users only."""
    names = sorted({name for held in split.skills.values() for name in held})
    users = np.array(sorted(user for user, held in split.skills.items() if held), np.int64)
    bits = {name: i for i, name in enumerate(names)}
    pairs = [
        (r, bits[name]) for r, user in enumerate(users.tolist()) for name in split.skills[user]
    ]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    words = search.make_words(users.size, rows, columns, len(names))
    found = neighbour_lists.build(k, users, words)
    index = taste.build_index(_as_bookmarks(split.others), users, words)
    # The neighbours are those of the index; what is asked is what the user's own account holds.
    own = _as_bookmarks({user: split.own[user] for user in index.user_ids.tolist()})
    sizes = [len(split.own[user]) for user in index.user_ids.tolist()]
    index = index._replace(
        starts=np.concatenate(([0], np.cumsum(sizes))), projects=own.projects.astype(np.int32)
    )
    numbers = {user: number for number, user in enumerate(index.user_ids.tolist())}
    asked = [user for user in judged if user in numbers]
    people = np.array([numbers[user] for user in asked], np.int64)
    texts = taste.lines((index, taste_k, score_texts()), people)
    tastes = {
        user: [
            (int(v), float(t), float(score))
            for _, v, t, score in (line.split(b",") for line in text.splitlines())
        ]
        for user, text in zip(asked, texts, strict=True)
    }
    return Lists(dict(found.neighbours()), tastes)


def _as_bookmarks(kept: Kept) -> Bookmarks:
    """As the database would hold it.

    How new a bookmark is compared with another user's is not known: newer is the one whose user
    has kept fewer things since.
    """
    users = sorted(user for user, projects in kept.items() if projects)
    empty = np.empty(0, np.int64)
    return Bookmarks(
        np.concatenate([empty, *(np.full(len(kept[user]), user) for user in users)]),
        np.concatenate([empty, *(np.array(kept[user], np.int64) for user in users)]),
        np.concatenate([empty, *(-np.arange(len(kept[user])) for user in users)]),
    )


class Methods:
    """The methods on one split."""

    def __init__(self, split: Split, lists: Lists, judged: list[int], seed: int) -> None:
        self.split = split
        self.lists = lists
        self.random = np.random.default_rng(seed)
        skills = split.projects.skills
        self.catalogue = np.array(sorted(skills), np.int64)
        self.counts = Counter(project for kept in split.others.values() for project in kept)
        self.popular = sorted(skills, key=lambda p: (-self.counts[p], p))
        self.skill_sets = {project: set(names) for project, names in skills.items()}
        self.facts = {
            project: Fact(author, self.counts[project], (self.counts[project],))
            for project, author in split.projects.authors.items()
        }
        self.judged = judged
        self._walked: dict[int, list[int]] = {}

    def all(self) -> dict[str, Method]:
        """The methods by name, the endpoint's last."""
        return {
            "random": self.by_chance,
            "popularity": self.by_popularity,
            "shared skill, then popularity": self.by_shared_skill,
            "similar stack, summed": self.by_similarity,
            "item walk (RP3β, β = .3)": self.by_walk,
            "SidePro, stack alone": lambda user: self.by_ranking(user, tastes=False),
            "SidePro": self.by_ranking,
        }

    def main(self) -> dict[str, Method]:
        """Those that every split compares."""
        methods = self.all()
        return {n: methods[n] for n in ("popularity", "SidePro, stack alone", "SidePro")}

    def by_chance(self, user: int) -> list[int]:
        """Any projects."""
        order = self.random.permutation(self.catalogue)[: TOP + len(self.split.own[user])]
        return self._first(user, order.tolist())

    def by_popularity(self, user: int) -> list[int]:
        """What most people kept."""
        return self._first(user, self.popular)

    def by_shared_skill(self, user: int) -> list[int]:
        """What most people kept among the projects that share a skill."""
        return self._first(user, self._fitting(user))

    def by_similarity(self, user: int) -> list[int]:
        """The summed similarity of the neighbours by stack who kept it, and nothing else."""
        scores: dict[int, float] = defaultdict(float)
        for neighbour, score in self.lists.stack.get(user, []):
            for project in self.split.others[neighbour]:
                scores[project] += score
        best = sorted(scores, key=lambda p: (-scores[p], -self.counts[p], p))
        return self._first(user, [*best, *self.popular])

    def by_walk(self, user: int) -> list[int]:
        """A random walk from what I kept to people to what they kept; no stack, no reasons."""
        if not self._walked:
            self._walked = self._walk()
        return self._walked[user]

    def by_ranking(
        self, user: int, *, tastes: bool = True, weights: Weights = ranking.WEIGHTS
    ) -> list[int]:
        """The endpoint's steps: lists, candidates, rank, fillers, cap of authors."""
        taste_list = self.lists.tastes.get(user, []) if tastes else []
        neighbours = ranking.weigh(self.lists.stack.get(user, []), taste_list, weights)
        others = self.split.others
        people = [Person(v, others[v][: weights.newest], len(others[v]), ()) for v in neighbours]
        known = set(self.split.own[user])
        candidates = ranking.collect(neighbours, people, known, weights)
        facts = {p: self.facts[p] for p in ranking.shortlist(candidates, weights)}
        familiar = {self.facts[p].author for p in known}
        best = ranking.rank(
            candidates, facts, weights, has_taste=bool(taste_list), familiar=familiar
        )
        fillers = self._fillers(user, known) if len(best) < 2 * TOP else iter(())
        return ranking.choose(
            self._of_catalogue([*best, *fillers], known), lambda p: self.facts[p].author, TOP
        )

    def _fillers(self, user: int, known: set[int]) -> Iterator[int]:
        yield from (project for project in self._fitting(user) if project not in known)
        yield from (project for project in self.popular if project not in known)

    def _fitting(self, user: int) -> Iterator[int]:
        mine = set(self.split.skills[user])
        return (p for p in self.popular if not mine.isdisjoint(self.skill_sets[p]))

    @staticmethod
    def _of_catalogue(projects: Iterable[int], known: set[int]) -> Iterator[int]:
        return (project for project in projects if project not in known)

    def _walk(self) -> dict[int, list[int]]:
        """The best of every judged user."""
        place = {project: i for i, project in enumerate(self.catalogue.tolist())}
        number = {user: i for i, user in enumerate(self.split.others)}
        theirs = _matrix(self.split.others, number, place)
        rows = {user: i for i, user in enumerate(self.judged)}
        mine = _matrix(
            {user: self.split.own[user] for user in self.judged}, rows, place, _newer_first
        )
        kept = np.maximum(np.asarray(theirs.sum(axis=0)).ravel(), 1)
        sizes = np.maximum(np.asarray(theirs.sum(axis=1)).ravel(), 1)
        onwards = diags(1 / sizes) @ theirs @ diags(1 / kept**WALK_BETA)
        found = {}
        for start in range(0, len(self.judged), 500):
            reached = mine[start : start + 500] @ diags(1 / kept) @ theirs.T
            scores: npt.NDArray[np.float64] = (reached @ onwards).toarray()
            for user, row in zip(self.judged[start : start + 500], scores, strict=True):
                row[[place[project] for project in self.split.own[user]]] = -1
                best = self.catalogue[np.argsort(-row, kind="stable")[:TOP]]
                found[user] = best.tolist()
        return found

    def _first(self, user: int, projects: Iterable[int]) -> list[int]:
        known = set(self.split.own[user])
        best: dict[int, None] = {}
        for project in projects:
            if project not in known:
                best[project] = None
                if len(best) == TOP:
                    break
        return list(best)


def _newer_first(size: int) -> npt.NDArray[np.float64]:
    """What my own bookmarks weigh, as in the lists of taste."""
    return np.exp(-taste.FADING * np.arange(size) / max(size, 1))


def _matrix(
    kept: Kept,
    rows: dict[int, int],
    columns: dict[int, int],
    weights: Callable[[int], npt.NDArray[np.float64]] = np.ones,
) -> csr_matrix:
    """Users × projects, with a weight where a user kept it."""
    pairs = [(rows[user], columns[p]) for user, projects in kept.items() for p in projects]
    r, c = np.array(pairs, np.int64).reshape(-1, 2).T
    values = np.concatenate([weights(len(projects)) for projects in kept.values()])
    return csr_matrix((values, (r, c)), shape=(len(rows), len(columns)))
