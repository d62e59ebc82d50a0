"""Who kept what, newest first, and which part of it is known to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

HELD_OUT = 0.2
# In the strict split neighbours know only this part of what they kept, the oldest.
STRICT = 0.4
# Constants are tuned on the users whose id is a multiple of this, and the others are judged.
TUNING = 5
Kept = dict[int, list[int]]


@dataclass(frozen=True)
class Projects:
    """The catalogue: what each project uses and whose it is."""

    skills: dict[int, list[str]]
    authors: dict[int, int]


@dataclass(frozen=True)
class Split:
    """What is known and what is to be found.

    `own` is what a judged user's account holds, newest first, `others` what everybody else's does
    while that user is judged, and `later` what is held out.
    """

    name: str
    projects: Projects
    own: Kept
    others: Kept
    later: dict[int, set[int]]
    skills: dict[int, list[str]]

    @property
    def able(self) -> list[int]:
        """The users who can be judged: something is held out, and they are known at all."""
        return [user for user, found in sorted(self.later.items()) if found and user in self.skills]

    def draw(self, users: int, seed: int, *, tuning: bool = False) -> list[int]:
        """So many users to judge, or of those whom only tuning may see.

        Who is whose depends on the user alone: whatever is drawn, with any seed, number or file
        of held-out rows, no judged user has had a say in the constants.
        """
        able = [user for user in self.able if (user % TUNING == 0) is tuning]
        chosen: list[int] = np.random.default_rng(seed).permutation(able)[:users].tolist()
        return chosen


def read(projects: Path, stars: Path, held_out: Path | None = None) -> Split:
    """Read project_id, skills (joined by ``;``), url and user_id, project_id, newest first a user.

    Held out is the newest fifth of each user, or what the file `held_out` lists in the columns of
    the stars. Raises OSError, ValueError or KeyError for a file that is something else.
    """
    table = pd.read_csv(projects).fillna({"skills": ""})
    ids = [int(project) for project in table["project_id"]]
    names = [[name for name in text.split(";") if name] for text in table["skills"]]
    catalogue = Projects(dict(zip(ids, names, strict=True)), _authors(table, ids))
    everything = _by_user(pd.read_csv(stars, usecols=["user_id", "project_id"]))
    if held_out is None:
        cut = {user: max(1, round(HELD_OUT * len(kept))) for user, kept in everything.items()}
        known = {user: kept[cut[user] :] for user, kept in everything.items()}
        later = {user: set(kept[: cut[user]]) for user, kept in everything.items()}
    else:
        known = everything
        given = _by_user(pd.read_csv(held_out, usecols=["user_id", "project_id"]))
        later = {
            user: set(kept).difference(known[user]) & catalogue.skills.keys()
            for user, kept in given.items()
            if user in known
        }
    skills = {user: derive_skills(kept, catalogue.skills) for user, kept in known.items() if kept}
    return Split("each user's newest held out", catalogue, known, known, later, skills)


def strict(split: Split, judged: list[int]) -> Split:
    """The same users, whose neighbours know only the oldest part of what they kept."""
    others = {user: kept[len(kept) - int(STRICT * len(kept)) :] for user, kept in split.own.items()}
    skills = {
        user: derive_skills(kept, split.projects.skills) for user, kept in others.items() if kept
    }
    skills |= {user: split.skills[user] for user in judged}
    name = f"neighbours know their oldest {STRICT:.0%}"
    return replace(split, name=name, others=others, skills=skills)


def newest_known(split: Split, number: int) -> Split:
    """The same users, of whose own bookmarks only the newest are known."""
    own = {user: kept[:number] for user, kept in split.own.items()}
    return replace(split, name=f"{number} known bookmarks", own=own)


def derive_skills(kept: list[int], project_skills: dict[int, list[str]]) -> list[str]:
    """The skills that occur twice and in 5 % of what a user kept, up to 15; else the top 3."""
    counts = Counter(name for project in kept for name in project_skills[project])
    often = [name for name, n in counts.most_common() if n >= 2 and n >= 0.05 * len(kept)]
    return often[:15] or [name for name, _ in counts.most_common(3)]


def _by_user(pairs: pd.DataFrame) -> Kept:
    groups = pairs.groupby("user_id", sort=True)["project_id"]
    return {int(str(user)): list(dict.fromkeys(kept.tolist())) for user, kept in groups}


def _authors(table: pd.DataFrame, ids: list[int]) -> dict[int, int]:
    """Whose each project is, as the number of the owner in its address on GitHub."""
    if "url" not in table:
        return {project: number for number, project in enumerate(ids)}
    owners = table["url"].fillna("").str.extract(r"github\.com/([^/]+)/", expand=False)
    owners = owners.fillna(table["project_id"].astype(str))
    return dict(zip(ids, pd.factorize(owners)[0].tolist(), strict=True))
