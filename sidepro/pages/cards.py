"""The pictures of 1200 × 630 that messengers show of a shared link: a card for each public page."""

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from project.models import Project
from sidepro.pages.api import ask
from sidepro.pages.drawing import LOOK, Words, draw, draw_site
from user.api.bounded import Bounded
from user.images.storage import STORAGE_ERRORS, discard
from user.models import Skill, User
from user.serializers import PublicUserSerializer
from user.skills.serializers import SkillLinkSerializer

logger = logging.getLogger(__name__)

SENTENCE = "사이드 프로젝트를 나누고, 커피챗으로 만나요"
LINE = "밤에 만드는 사람들이 모이는 곳"
FOLDER = "cards"
BATCH = 500
TEXT_LENGTH = 200
MAX_AGE = 31_536_000  # seconds: another text has another address

# Letters are drawn in one thread at a time: it takes a processor, and fonts are not shared.
drawing = Bounded(at_once=1, max_wait=8)


@dataclass(frozen=True)
class Card:
    """A picture: of what (`alt`), and where it is. Another `version` has another address."""

    kind: str
    key: str
    version: str
    alt: str
    words: Words
    look: Callable[[Words], bytes] = draw

    @property
    def path(self) -> str:
        """Its address."""
        return f"/og/{quote(self.of)}.png"

    @property
    def file(self) -> str:
        """Where it is stored."""
        # Those of projects lie in the folder itself.
        return f"{FOLDER}/{self.of.removeprefix('projects/')}.png"

    @property
    def of(self) -> str:
        """What tells it from all others."""
        return f"{self.kind}/{self.key}-{self.version}"


def of_site() -> Card:
    """The card of every page that has none of its own."""
    words = Words(SENTENCE, LINE)
    return Card("site", "owl", _digest(words), f"SidePro · {SENTENCE}", words, draw_site)


def of_project(project: dict[str, Any]) -> Card:
    """The card of a project's version."""
    title, by = project["title"], project["author"]["username"]
    words = Words(title, name=by, foot=tuple(project["skills"]))
    key, version = str(project["id"]), str(project["version"])
    return Card("projects", key, version, f"{title} · {by}", words)


def of_person(person: dict[str, Any]) -> Card:
    """The card of a person as they describe themselves now."""
    name, profile = person["username"], person["profile"]
    said = Truncator(profile["description"]).chars(TEXT_LENGTH)
    words = Words(
        f"{name} 님", said or "사이드 프로젝트와 기술 스택", foot=tuple(profile["skills"])
    )
    return Card("users", name, _digest(words), f"{name} 님 · SidePro", words)


def of_skill(skill: dict[str, Any]) -> Card:
    """The card of a technology."""
    name = skill["name"]
    words = Words(name, "이 기술로 만든 사이드 프로젝트와 이 기술을 쓰는 사람들", foot=(SENTENCE,))
    return Card("skills", skill["slug"], _digest(words), f"{name} · SidePro", words)


@require_safe
def site_card(request: HttpRequest, version: str) -> HttpResponse:
    """The site's own picture."""
    return _answer(of_site(), version)


@require_safe
def project_card(request: HttpRequest, project_id: str, version: str) -> HttpResponse:
    """The picture of a project's version. Raises Http404 where the project is not visible."""
    return _answer(of_project(ask(f"/api/v1/projects/{project_id}/")), version)


@require_safe
def user_card(request: HttpRequest, username: str, version: str) -> HttpResponse:
    """The picture of a person. Raises Http404, also for one who is suspended."""
    return _answer(of_person(ask(f"/api/v1/users/{username}/")), version)


@require_safe
def skill_card(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """The picture of a technology. Raises Http404."""
    return _answer(of_skill(ask(f"/api/v1/skills/{slug}/")), version)


def stored_or_drawn(card: Card) -> bytes:
    """The picture, which is drawn once. Raises ServiceUnavailable when many are waiting."""
    if (stored := _stored(card.file)) is not None:
        return stored
    with drawing.place():
        if (stored := _stored(card.file)) is not None:  # another request has drawn it
            return stored
        png = card.look(card.words)
        try:
            default_storage.save(card.file, ContentFile(png))
        except STORAGE_ERRORS:
            logger.exception("A card could not be stored")
            discard(card.file)  # half of it would be served from now on
        return png


def remove_outdated() -> int:
    """Remove the pictures of earlier versions and of what is gone or hidden, and count them.

    django-crontab runs this once a day.
    """
    return (
        _remove(FOLDER, r"(\d{1,15})-\d{1,9}\.png", _projects)
        + _remove(f"{FOLDER}/users", r"(.+)-[0-9a-f]+\.png", _people)
        + _remove(f"{FOLDER}/skills", r"(.+)-[0-9a-f]+\.png", _skills)
    )


def _projects(keys: Iterable[str]) -> set[str]:
    shown = Project.objects.visible().filter(pk__in={int(key) for key in keys})
    return {f"{FOLDER}/{pk}-{version}.png" for pk, version in shown.values_list("pk", "version")}


def _people(keys: Iterable[str]) -> set[str]:
    people = User.objects.public().filter(username__in=keys).prefetch_related("profile__skills")
    return {of_person(person).file for person in PublicUserSerializer(people, many=True).data}


def _skills(keys: Iterable[str]) -> set[str]:
    skills = Skill.objects.filter(slug__in=keys)
    return {of_skill(skill).file for skill in SkillLinkSerializer(skills, many=True).data}


def _remove(folder: str, pattern: str, current: Callable[[Iterable[str]], set[str]]) -> int:
    """Remove the files of this pattern except those that `current` tells of their keys."""
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:  # none was drawn yet
        return 0
    removed = 0
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        keys = {
            f"{folder}/{name}": match[1] for name in batch if (match := re.fullmatch(pattern, name))
        }
        for outdated in keys.keys() - current(set(keys.values())):
            default_storage.delete(outdated)
            removed += 1
    return removed


def _answer(card: Card, version: str) -> HttpResponse:
    if version != card.version:
        return redirect(card.path)
    response = HttpResponse(stored_or_drawn(card), content_type="image/png")
    patch_cache_control(response, public=True, max_age=MAX_AGE, immutable=True)
    return response


def _digest(words: Words) -> str:
    said = json.dumps([LOOK, *astuple(words)], ensure_ascii=False)
    return blake2b(said.encode(errors="replace"), digest_size=6).hexdigest()


def _stored(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except STORAGE_ERRORS:  # it is not there, or cannot be asked
        return None
