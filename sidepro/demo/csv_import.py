"""Reads people and projects from CSV files and writes them in bulk (see `manage.py load_data`).

A row that is wrong is reported with its line and left out; the others are loaded. Files are
streamed, so that their size does not matter.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import reset_queries
from django.utils import timezone

from project.constants import CONTENT_MAX_LENGTH, SUMMARY_MAX_LENGTH, TITLE_MAX_LENGTH
from project.models import Project
from sidepro.demo.bulk import BATCH, add_people, add_projects
from user.models import Profile, Skill, SkillName, User
from user.skills.models import key_of

EMAIL_DOMAIN = "load.invalid"
USER_COLUMNS = ("user_id", "skills")
PROJECT_COLUMNS = ("title", "description", "url", "skills")
# The loaded projects' dates are spread over this many days.
DAYS = 365

_T = TypeVar("_T")
_is_url = URLValidator(schemes=["http", "https"])


class Row(NamedTuple):
    """The columns of one row and where it stands, such as `projects.csv:17`."""

    place: str
    values: dict[str, str]


class BadRowError(Exception):
    """Says what is wrong with a row."""


class CsvFile:
    """A CSV file with a good header."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        """Raises OSError when it cannot be read and ValueError when a column is missing."""
        self._path = path
        with path.open("rb") as file:
            self.lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
        self._header = next(self._records(_ignore), (1, []))[1]
        missing = [name for name in columns if name not in self._header]
        if missing:
            raise ValueError(f"{path.name}:1: there is no column named {', '.join(missing)}")

    def rows(self, report: Callable[[str], None]) -> Iterator[Row]:
        """The valid rows; `report` gets a sentence about each of the others."""
        for line, values in islice(self._records(report), 1, None):
            place = f"{self._path.name}:{line}"
            if not values:
                continue  # an empty line
            if len(values) != len(self._header):
                report(f"{place}: {len(values)} columns instead of {len(self._header)}")
            elif any("\x00" in value for value in values):
                report(f"{place}: a null character")
            elif any(re.search("[\udc80-\udcff]", value) for value in values):
                report(f"{place}: not UTF-8")
            else:
                yield Row(place, dict(zip(self._header, map(str.strip, values), strict=True)))

    def _records(self, report: Callable[[str], None]) -> Iterator[tuple[int, list[str]]]:
        """The lines on which records begin, and their values."""
        # a byte that is not UTF-8 becomes a surrogate, so that only its own row is lost
        with self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            reader = csv.reader(file)
            while True:
                line = reader.line_num + 1
                try:
                    yield line, next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    report(f"{self._path.name}:{line}: {error}")


class Loader:
    """Writes rows in batches; `report` gets a sentence for each row that is left out."""

    def __init__(self, report: Callable[[str], None], seed: int) -> None:
        self._report = report
        self._rng = Random(seed)
        names = SkillName.objects.select_related("skill")
        self._skills = {row.key: row.skill for row in names.prefetch_related("skill__names")}
        self._now = timezone.now()

    def load_people(self, file: CsvFile) -> Iterator[tuple[int, int]]:
        """Add the people who are not there yet; yields the size of each batch and how many are new.

        Each batch is a transaction of its own: what is loaded stays when a later one fails.
        """
        for batch in _batches(self._good(file, self._person)):
            people = {profile.user.username: (profile, skills) for profile, skills in batch}
            known = User.objects.filter(username__lower__in=people)
            for username, email in list(known.values_list("username", "email")):
                key = username.lower()
                if email != people[key][0].user.email:
                    self._report(f"somebody else has the nickname {key}")
                del people[key]
            add_people(list(people.values()))
            reset_queries()  # with DEBUG on, Django would keep the text of every INSERT
            yield len(batch), len(people)

    def load_projects(
        self, file: CsvFile, authors: Sequence[int], count: int | None
    ) -> Iterator[tuple[int, int]]:
        """Add projects by authors drawn from these; yields as `load_people` does.

        With a count, exactly that many, beginning again at the file's end.
        """
        for batch in _batches(self._good(file, self._project, count)):
            drawn = self._rng.choices(authors, k=len(batch))
            people = User.objects.in_bulk(drawn)
            for (project, _), author in zip(batch, drawn, strict=True):
                project.author = people[author]
            add_projects(batch)
            reset_queries()
            yield len(batch), len(batch)

    def _good(
        self, file: CsvFile, parse: Callable[[dict[str, str]], _T], count: int | None = None
    ) -> Iterator[_T]:
        found, report = 0, self._report
        while True:
            before = found
            for row in file.rows(report):
                try:
                    parsed = parse(row.values)
                except BadRowError as error:
                    report(f"{row.place}: {error}")
                    continue
                found += 1
                yield parsed
                if found == count:
                    return
            if count is None or found == before:
                return
            report = _ignore  # the next time round says nothing new

    def _person(self, values: dict[str, str]) -> tuple[Profile, list[Skill]]:
        key = values["user_id"].lower()
        if not re.fullmatch(r"[0-9a-z_-]{1,15}", key):
            raise BadRowError(f"user_id {values['user_id']!r} is not 1 to 15 letters and digits")
        user = User(
            email=f"{key}@{EMAIL_DOMAIN}",
            username=f"load-{key}",
            password=make_password(None),
            joined_at=self._moment(),
        )
        return Profile(user=user), self._known_skills(values["skills"])

    def _project(self, values: dict[str, str]) -> tuple[Project, list[Skill]]:
        title, text, url = values["title"], values["description"], values["url"]
        if not 1 <= len(title) <= TITLE_MAX_LENGTH:
            raise BadRowError(f"a title of {len(title)} characters (1 to {TITLE_MAX_LENGTH})")
        if len(text) > CONTENT_MAX_LENGTH:
            raise BadRowError(f"a description of {len(text)} characters")
        if url:
            try:
                _is_url(url)
            except ValidationError:
                raise BadRowError(f"{url!r} is no web address") from None
            if len(url) > 200:
                raise BadRowError(f"a web address of {len(url)} characters")
        created = self._moment()
        project = Project(
            title=title,
            summary=text
            if len(text) <= SUMMARY_MAX_LENGTH
            else f"{text[: SUMMARY_MAX_LENGTH - 1]}…",
            content="\n\n".join(part for part in (text, url and f"<{url}>") if part),
            github_url=url,
            created_at=created,
            updated_at=created,
        )
        return project, self._known_skills(values["skills"])

    def _known_skills(self, names: str) -> list[Skill]:
        skills = []
        for name in filter(None, map(str.strip, names.split(";"))):
            if key_of(name) not in self._skills:
                raise BadRowError(f"unknown skill {name!r}")
            skills.append(self._skills[key_of(name)])
        return list(dict.fromkeys(skills))

    def _moment(self) -> datetime:
        return self._now - timedelta(days=DAYS * self._rng.random())


def loaded_people() -> list[int]:
    """The keys of everybody whom a load made."""
    loaded = User.objects.filter(email__endswith=f"@{EMAIL_DOMAIN}")
    return list(loaded.order_by("pk").values_list("pk", flat=True))


def _ignore(_: str) -> None:
    """Report nothing."""


def _batches(rows: Iterator[_T]) -> Iterator[list[_T]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
