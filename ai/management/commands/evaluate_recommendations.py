"""`manage.py evaluate_recommendations`: the recommendations against popularity and chance."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from ai import ranking
from ai.evaluation import data, judge, report
from ai.evaluation.data import Split
from ai.evaluation.judge import Result
from ai.evaluation.methods import Method, Methods, compute_lists

KNOWN = (0, 3, 10)
# What `--tune` tries, one constant after the other.
TRIALS: dict[str, tuple[Any, ...]] = {
    "stack": (0.25, 1.0),
    "anchor": (20, 100),
    "fading": (1.0, 1.5, 3.0),
    "damping": (0.0, 0.2, 0.3, 0.4),
    "doubt": (0.0, 2.0, 6.0),
    "familiar": (0.0, 0.3, 1.0),
    "newest": (10, 30, 50),
    "shortlist": (200, 1000),
}


class Command(BaseCommand):
    """Hold out the newest of what people kept, and see which method finds it."""

    help = "Compare the recommendations with popularity and chance on a data set."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--projects", type=Path, required=True, help="CSV: project_id, skills, url"
        )
        parser.add_argument(
            "--stars", type=Path, required=True, help="CSV: user_id, project_id, newest first"
        )
        parser.add_argument(
            "--held-out", type=Path, help="CSV: user_id, project_id; all of --stars is known then"
        )
        parser.add_argument("--out", type=Path, default=settings.VAR_DIR / "evaluation")
        parser.add_argument("--users", type=int, default=3000, help="how many are judged")
        parser.add_argument(
            "--tune",
            type=int,
            default=0,
            metavar="USERS",
            help="try other constants on so many users who are not judged, instead",
        )
        parser.add_argument("--k", type=int, default=settings.SIMILARITY_K)
        parser.add_argument("--taste-k", type=int, default=settings.SIMILARITY_TASTE_K)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the tables, and write them and the plots."""
        self.options = options
        try:
            split = data.read(options["projects"], options["stars"], options["held_out"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"The data cannot be read: {error}") from error
        tuning = bool(options["tune"])
        users = split.draw(options["tune"] or options["users"], options["seed"], tuning=tuning)
        if not users:
            raise CommandError("The data cannot be read: nothing is held out of anybody.")
        options["out"].mkdir(parents=True, exist_ok=True)
        if tuning:
            self.finish(self.tune(split, users), "tuning.md")
        else:
            self.finish(self.judge(split, users), "recommendations.md")

    def finish(self, text: str, name: str) -> None:
        """Print a report and keep it."""
        self.stdout.write(text)
        (self.options["out"] / name).write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"Tables and plots are in {self.options['out']}.")

    def judge(self, split: Split, judged: list[int]) -> str:
        """All methods on the split, and the main ones on the others."""
        seed, out = self.options["seed"], self.options["out"]
        catalogue = len(split.projects.skills)
        methods, results = self.run(split, judged, Methods.all)
        held_out = self.options["held_out"]
        parts = [
            f"{len(judged):,} users, {catalogue:,} projects, K = {self.options['k']} by stack and "
            f"{self.options['taste_k']} by taste; "
            + (f"{held_out.name} held out" if held_out else "the newest fifth of each held out")
            + "; 95 % bootstrap intervals.",
            report.table(results, "popularity", catalogue, seed),
        ]
        by_known = {}
        splits = [data.strict(split, judged), *(data.newest_known(split, n) for n in KNOWN)]
        for other in splits:
            _, found = self.run(other, judged, Methods.main)
            parts += [f"{other.name[0].upper()}{other.name[1:]}:"]
            parts += [report.table(found, "popularity", catalogue, seed)]
            by_known[other.name.split()[0]] = found
        del by_known["neighbours"]
        main = methods.main().keys()
        by_known["all"] = [result for result in results if result.name in main]
        report.plot_scores(methods.lists, out / "neighbour_scores.png")
        report.plot_by_skills(split, judged, results, out / "recall_by_skills.png")
        report.plot_by_known(by_known, out / "recall_by_known.png")
        report.plot_coverage(results, catalogue, out / "recall_by_coverage.png")
        popularity = next(result for result in results if result.name == "popularity")
        ratio, low, high = judge.ratio_interval(results[-1].recall, popularity.recall, seed)
        parts.append(
            f"SidePro's recall is {ratio:.2f} times that of popularity ({low:.2f} to {high:.2f})."
        )
        return "\n\n".join(parts)

    def tune(self, split: Split, users: list[int]) -> str:
        """Each constant moved alone, compared with those in use, also on the strict split."""
        trials = {
            f"{name} {value:g}": replace(ranking.WEIGHTS, **{name: value})
            for name, values in TRIALS.items()
            for value in values
        }

        def choose(methods: Methods) -> dict[str, Method]:
            return {
                name: partial(methods.by_ranking, weights=weights)
                for name, weights in {"in use": ranking.WEIGHTS, **trials}.items()
            }

        parts = [f"{len(users):,} users who are never judged; one constant moved at a time."]
        catalogue = len(split.projects.skills)
        for part in (split, data.strict(split, users)):
            _, results = self.run(part, users, choose)
            parts += [f"{part.name[0].upper()}{part.name[1:]}:"]
            parts += [report.table(results, "in use", catalogue, self.options["seed"])]
        return "\n\n".join(parts)

    def run(self, split: Split, users: list[int], choose: Any) -> tuple[Methods, list[Result]]:
        """The results of some methods on a split."""
        lists = compute_lists(split, users, self.options["k"], self.options["taste_k"])
        methods = Methods(split, lists, users, self.options["seed"])
        chosen: dict[str, Method] = choose(methods)
        found = judge.evaluate(split, chosen, users)
        return methods, list(tqdm(found, total=len(chosen), desc=split.name, disable=None))
