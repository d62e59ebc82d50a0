"""`manage.py evaluate_recommendations`: the recommendations against popularity and chance."""

from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ai import evaluation
from ai.evaluation import TOP, Data, Methods, Result


class Command(BaseCommand):
    """Hold out the newest of what people kept, and see which method finds it."""

    help = "Compare the recommendations with popularity and chance on a data set."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--projects", type=Path, required=True, help="CSV: project_id, skills")
        parser.add_argument("--stars", type=Path, required=True, help="CSV: user_id, project_id")
        parser.add_argument("--out", type=Path, default=settings.VAR_DIR / "evaluation")
        parser.add_argument("--users", type=int, default=3000, help="how many to try it on")
        parser.add_argument("--k", type=int, default=settings.SIMILARITY_K)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table, and write it and the plots."""
        try:
            data = Data.read(options["projects"], options["stars"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"The data cannot be read: {error}") from error
        near = evaluation.find_neighbours(data.skills, options["k"])
        random = np.random.default_rng(options["seed"])
        # Each user has something held out; those with nothing left to learn from are left out.
        able = [user for user, kept in data.kept.items() if kept]
        users = random.choice(able, min(options["users"], len(able)), replace=False).tolist()
        methods = Methods(data, near, options["seed"]).all()
        found = evaluation.evaluate(data, methods, users)
        results = list(tqdm(found, total=len(methods), desc="methods", disable=None))
        table = self.table(results, len(data.project_skills), options)
        self.stdout.write(table)
        options["out"].mkdir(parents=True, exist_ok=True)
        (options["out"] / "recommendations.md").write_text(table + "\n", encoding="utf-8")
        plot_scores(near, options["out"] / "neighbour_scores.png")
        plot_recall(data, users, results, options["out"] / "recall_by_skills.png")
        self.stdout.write(f"Table and plots are in {options['out']}.")

    @staticmethod
    def table(results: list[Result], catalogue: int, options: dict[str, Any]) -> str:
        """The results in Markdown, with 95 % bootstrap intervals."""
        seed = options["seed"]
        popularity = next(result for result in results if result.name == "popularity")
        lines = [
            f"{results[0].recall.size:,} users, {catalogue:,} projects, K = {options['k']}; the "
            f"newest {evaluation.HELD_OUT:.0%} of each user held out; 95 % bootstrap intervals.",
            "",
            f"| method | recall@{TOP} | nDCG@{TOP} | share of the catalogue shown "
            "| recall against popularity, paired |",
            "|---|---|---|---|---|",
        ]
        for result in results:
            cells = [
                (values.mean(), *evaluation.interval(values, seed))
                for values in (result.recall, result.ndcg)
            ]
            coverage = result.coverage(catalogue)
            cells.append((coverage, *evaluation.coverage_interval(result, catalogue, seed)))
            gain = result.recall - popularity.recall
            low, high = evaluation.interval(gain, seed)
            lines.append(
                f"| {result.name} | "
                + " | ".join(f"{mean:.4f} ({a:.4f} to {b:.4f})" for mean, a, b in cells)
                + f" | {gain.mean():+.4f} ({low:+.4f} to {high:+.4f}) |"
            )
        ratio = results[-1].recall.mean() / max(popularity.recall.mean(), 1e-12)
        lines += ["", f"SidePro's recall is {ratio:.2f} times that of popularity."]
        return "\n".join(lines)


def plot_scores(near: dict[int, list[tuple[int, float]]], path: Path) -> None:
    """How similar the neighbours are: the best, the tenth, and all."""
    from matplotlib.figure import Figure

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


def plot_recall(data: Data, users: list[int], results: list[Result], path: Path) -> None:
    """Recall by the number of skills a user holds."""
    from matplotlib.figure import Figure

    sizes = np.array([len(data.skills[user]) for user in users])
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
