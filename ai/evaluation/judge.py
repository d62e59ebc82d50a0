"""What a method reached, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ai.evaluation.data import Split
from ai.evaluation.methods import TOP, Method

Floats = npt.NDArray[np.float64]
RESAMPLES = 1000


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


def evaluate(split: Split, methods: dict[str, Method], users: list[int]) -> Iterator[Result]:
    """Try each method on the users."""
    discounts = 1 / np.log2(np.arange(2, TOP + 2))
    for name, method in methods.items():
        shown = [method(user) for user in users]
        recall, ndcg = np.zeros((2, len(users)))
        for i, (user, top) in enumerate(zip(users, shown, strict=True)):
            later = split.later[user]
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


def ratio_interval(values: Floats, others: Floats, seed: int) -> tuple[float, float, float]:
    """The ratio of two means over the same users, and its 95 % bootstrap interval."""
    random = np.random.default_rng(seed)
    draws = [random.integers(0, values.size, values.size) for _ in range(RESAMPLES)]
    ratios = [values[d].mean() / max(float(others[d].mean()), 1e-12) for d in draws]
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(values.mean() / max(float(others.mean()), 1e-12)), float(low), float(high)


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
