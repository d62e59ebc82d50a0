"""Reads the demo's texts, plain files next to this module."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Person:
    """A developer of the demo."""

    username: str
    skills: list[str]
    region: str
    meet_time: str
    description: str


@dataclass(frozen=True)
class Idea:
    """A project of the demo."""

    title: str
    summary: str
    skills: list[str]
    content: str
    korean: bool


@dataclass(frozen=True)
class Line:
    """What one of two says in a coffee chat."""

    by_asker: bool
    text: str


def people() -> list[Person]:
    """Everybody in people.txt."""
    found = []
    for line in _lines("people.txt"):
        username, skills, region, meet_time, description = (
            part.strip() for part in line.split("|")
        )
        found.append(Person(username, skills.split(", "), region, meet_time, description))
    return found


def ideas() -> list[Idea]:
    """The projects of both languages, mixed as on a real board: two Korean ones, one English."""
    korean, english = _ideas("projects.ko.md", True), _ideas("projects.en.md", False)
    step = len(korean) / max(1, len(english))
    for number, idea in enumerate(english):
        korean.insert(round((number + 1) * step) + number, idea)
    return korean


def comments() -> tuple[list[str], list[str]]:
    """Korean and English remarks."""
    korean, english = "\n".join(_lines("comments.txt")).strip().split("\n\n")
    return korean.splitlines(), english.splitlines()


def conversations() -> list[list[Line]]:
    """Coffee chats, line by line."""
    return [
        [Line(line.startswith("A"), line[2:].strip()) for line in room.splitlines()]
        for room in "\n".join(_lines("chats.txt")).strip().split("\n\n")
    ]


def _ideas(name: str, korean: bool) -> list[Idea]:
    parts = re.split(r"^=== ", (FOLDER / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        head, _, content = part.partition("\n\n")
        title, summary, skills = head.splitlines()
        found.append(Idea(title, summary, skills.split(", "), content.strip(), korean))
    return found


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
