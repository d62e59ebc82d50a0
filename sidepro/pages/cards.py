"""A project's card: the picture of 1200 × 630 that messengers show of a shared link."""

import io
import logging
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from project.models import Project
from sidepro.pages.api import ask
from user.api.bounded import Bounded
from user.api.errors import ServiceUnavailable
from user.images.storage import STORAGE_ERRORS

logger = logging.getLogger(__name__)

FOLDER = "cards"
NAME = re.compile(r"(\d{1,15})-\d{1,9}\.png")
BATCH = 500
SIZE = (1200, 630)
EDGE = 80
WIDTH = SIZE[0] - 2 * EDGE
TITLE_LINES = 3
NIGHT, DUSK, PAPER, PALE, AMBER = "#24264f", "#575bb0", "#faf8f4", "#c1c3e8", "#f2b24a"
MAX_AGE = 31_536_000  # seconds: another text has another address

Font = ImageFont.FreeTypeFont
# Letters are drawn in one thread at a time: it takes a processor, and fonts are not shared.
drawing = Bounded(at_once=1, max_wait=8)


@require_safe
def card(request: HttpRequest, project_id: str, version: str) -> HttpResponse:
    """The picture of a project's version. Raises Http404 where the project is not visible."""
    project = ask(f"/api/v1/projects/{project_id}/")
    if int(version) != project["version"]:
        return redirect(card_path(project))
    response = HttpResponse(stored_or_drawn(project), content_type="image/png")
    patch_cache_control(response, public=True, max_age=MAX_AGE, immutable=True)
    return response


def card_path(project: dict[str, Any]) -> str:
    """Where the picture of this version of a project is."""
    return f"/og/projects/{project['id']}-{project['version']}.png"


def stored_or_drawn(project: dict[str, Any]) -> bytes:
    """The picture, which is drawn once. Raises ServiceUnavailable when many are waiting."""
    name = f"{FOLDER}/{project['id']}-{project['version']}.png"
    if (stored := _stored(name)) is not None:
        return stored
    with drawing.place():
        if (stored := _stored(name)) is not None:  # another request has drawn it
            return stored
        png = draw(project["title"], project["author"]["username"], project["skills"])
        try:
            default_storage.save(name, ContentFile(png))
        except STORAGE_ERRORS:
            logger.exception("A card could not be stored")
        return png


def remove_outdated() -> int:
    """Remove the pictures of earlier versions and of what is gone or hidden, and count them.

    django-crontab runs this once a day.
    """
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # none was drawn yet
        return 0
    removed = 0
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        of = {name: match for name in batch if (match := NAME.fullmatch(name))}
        shown = Project.objects.visible().filter(pk__in={int(match[1]) for match in of.values()})
        current = {f"{pk}-{version}.png" for pk, version in shown.values_list("pk", "version")}
        for name in of.keys() - current:
            default_storage.delete(f"{FOLDER}/{name}")
            removed += 1
    return removed


def draw(title: str, author: str, skills: list[str]) -> bytes:
    """The card as PNG. Raises ServiceUnavailable where there is no font."""
    bold, text = _font("Bold", 72), _font("Regular", 38)
    picture = Image.new("RGB", SIZE, NIGHT)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, SIZE[1] - 14, SIZE[0], SIZE[1]), fill=DUSK)
    _draw_owl(pen, EDGE - 10, 56, 2.2)
    pen.text((EDGE + 112, 84), "SidePro", font=text, fill=PALE)
    known = known_letters(title, bold) or known_letters(author, bold)
    for number, line in enumerate(wrapped(known, bold, WIDTH, TITLE_LINES)):
        pen.text((EDGE, 188 + number * 92), line, font=bold, fill=PAPER)
    foot = SIZE[1] - 90
    name = fitted(known_letters(author, text), text, WIDTH // 2)
    pen.text((EDGE, foot), name, font=text, fill=AMBER)
    left = EDGE + text.getlength(name) + 36
    stack = known_letters("  ·  ".join(skills), text)
    pen.text((left, foot), fitted(stack, text, SIZE[0] - EDGE - left), font=text, fill=PALE)
    out = io.BytesIO()
    picture.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def known_letters(text: str, font: Font) -> str:
    """The text without the letters that the font has no shape for, such as emoji."""
    return " ".join("".join(letter for letter in text if _is_known(letter, font)).split())


def wrapped(text: str, font: Font, width: float, most: int) -> list[str]:
    """The text in lines of this width, broken between words where that goes, at most so many."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1:
        line = _first_line(rest, font, width)
        lines.append(line)
        rest = rest[len(line) :].lstrip()
    return [*lines, fitted(rest, font, width)] if rest else lines


def fitted(text: str, font: Font, width: float) -> str:
    """The text, or as much of it as has room, with an ellipsis."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _first_line(text: str, font: Font, width: float) -> str:
    end = len(text)
    while font.getlength(text[:end]) > width:
        end -= 1
    blank = text.rfind(" ", 0, end + 1) if end < len(text) else -1
    return text[:blank] if blank > 0 else text[:end]


@lru_cache(maxsize=20_000)
def _is_known(letter: str, font: Font) -> bool:
    if letter.isspace():
        return True
    return letter.isprintable() and _shape(letter, font) != _shape("\U0010fffe", font)


def _shape(letter: str, font: Font) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


@lru_cache
def _font(weight: str, size: int) -> Font:
    path = Path(settings.CARD_FONTS) / f"Pretendard-{weight}.otf"
    try:
        return ImageFont.truetype(str(path), size)
    except OSError as error:
        logger.error("Cards cannot be drawn: no font at %s", path)
        raise ServiceUnavailable from error


def _stored(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except STORAGE_ERRORS:  # it is not there, or cannot be asked
        return None


def _draw_owl(pen: ImageDraw.ImageDraw, x: float, y: float, scale: float) -> None:
    """The owl of `owl.svg`, in its simplest shapes."""

    def place(*numbers: float) -> list[float]:
        return [(x, y)[at % 2] + number * scale for at, number in enumerate(numbers)]

    pen.polygon(place(9, 6, 24, 9, 39, 6, 41, 24, 7, 24), fill="#3c3f7d")
    pen.ellipse(place(7, 5, 41, 43), fill="#3c3f7d")
    pen.ellipse(place(14, 25, 34, 41), fill=DUSK)
    for centre in (16.5, 31.5):
        pen.ellipse(place(centre - 7, 13, centre + 7, 27), fill="#ffffff")
        pen.ellipse(place(centre - 4, 16, centre + 4, 24), fill=AMBER)
        pen.ellipse(place(centre - 2, 18, centre + 2, 22), fill="#16151b")
    pen.polygon(place(24, 22, 27, 26, 24, 30, 21, 26), fill="#e0912f")
