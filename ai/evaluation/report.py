"""Tables in Markdown, and plots; the only place that needs matplotlib (an extra)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ai.evaluation.data import Split
from ai.evaluation.judge import Result, coverage_interval, interval, ratio_interval
from ai.evaluation.methods import TOP, Lists


def table(results: list[Result], against: str, catalogue: int, seed: int) -> str:
    """Every method with its 95 % bootstrap intervals, and compared with one over the same users."""
    base = next(result for result in results if result.name == against)
    lines = [
        f"| method | recall@{TOP} | nDCG@{TOP} | share of the catalogue shown "
        f"| recall against {against}, paired | recall, × | nDCG, × |",
        "|---|---|---|---|---|---|---|",
    ]
    for result in results:
        cells = [
            (values.mean(), *interval(values, seed)) for values in (result.recall, result.ndcg)
        ]
        cells.append((result.coverage(catalogue), *coverage_interval(result, catalogue, seed)))
        gain = result.recall - base.recall
        low, high = interval(gain, seed)
        ratios = [
            ratio_interval(result.recall, base.recall, seed),
            ratio_interval(result.ndcg, base.ndcg, seed),
        ]
        lines.append(
            f"| {result.name} | "
            + " | ".join(f"{mean:.4f} ({a:.4f} to {b:.4f})" for mean, a, b in cells)
            + f" | {gain.mean():+.4f} ({low:+.4f} to {high:+.4f}) | "
            + " | ".join(f"{ratio:.2f} ({a:.2f} to {b:.2f})" for ratio, a, b in ratios)
            + " |"
        )
    return "\n".join(lines)


def plot_scores(lists: Lists, path: Path) -> None:
    """How similar the neighbours by stack are: the best, the tenth, and all."""
    from matplotlib.figure import Figure

    near = lists.stack
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    bins = np.linspace(0, 1, 41)
    for label, scores in (
        ("best neighbour", [found[0][1] for found in near.values() if found]),
        ("tenth", [found[9][1] for found in near.values() if len(found) > 9]),
        ("all", [score for found in near.values() for _, score in found]),
    ):
        axes.hist(scores, bins=list(bins), density=True, histtype="step", label=label)
    axes.set(xlabel="Jaccard similarity", ylabel="density", title="Neighbours' scores")
    axes.legend()
    figure.savefig(path, dpi=120)


def plot_by_skills(split: Split, users: list[int], results: list[Result], path: Path) -> None:
    """Recall by the number of skills a user holds."""
    from matplotlib.figure import Figure

    sizes = np.array([len(split.skills[user]) for user in users])
    groups = [(low, high) for low, high in ((0, 2), (3, 5), (6, 8), (9, 11), (12, 15))]
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for result in results:
        means = [
            result.recall[chosen].mean() if chosen.any() else np.nan
            for chosen in ((sizes >= low) & (sizes <= high) for low, high in groups)
        ]
        axes.plot([f"{low} to {high}" for low, high in groups], means, "o-", label=result.name)
    axes.set(xlabel="skills", ylabel=f"recall@{TOP}", title="Recall by number of skills")
    axes.legend(fontsize="small")
    figure.savefig(path, dpi=120)


def plot_by_known(results: dict[str, list[Result]], path: Path) -> None:
    """Recall by the number of bookmarks that are known of a user."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for i, first in enumerate(next(iter(results.values()))):
        means = [found[i].recall.mean() for found in results.values()]
        axes.plot(list(results), means, "o-", label=first.name)
    axes.set(xlabel="known bookmarks", ylabel=f"recall@{TOP}", title="Recall by known bookmarks")
    axes.legend(fontsize="small")
    figure.savefig(path, dpi=120)


def plot_coverage(results: list[Result], catalogue: int, path: Path) -> None:
    """What a method finds against how much of the catalogue it shows."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for result in results:
        place = result.coverage(catalogue), float(result.recall.mean())
        axes.plot(*place, "o")
        axes.annotate(result.name, place, textcoords="offset points", xytext=(5, 4), fontsize=8)
    axes.set(xlabel="share of the catalogue shown", ylabel=f"recall@{TOP}", xlim=(-0.02, 1.2))
    figure.savefig(path, dpi=120)
