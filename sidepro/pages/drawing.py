"""How a card is drawn: the site's owl, a title, some text and a last line, as PNG."""

import io
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from user.api.errors import ServiceUnavailable

logger = logging.getLogger(__name__)

# A card with another look has another address, where that is made of what the card says.
LOOK = 1
SIZE = (1200, 630)
EDGE = 80
WIDTH = SIZE[0] - 2 * EDGE
TITLE_LINES = 3
NIGHT, DUSK, PAPER, PALE, AMBER = "#24264f", "#575bb0", "#faf8f4", "#c1c3e8", "#f2b24a"

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Words:
    """What stands on a card: a title; text below it; at the foot a name, and more beside it."""

    title: str
    text: str = ""
    name: str = ""
    foot: tuple[str, ...] = ()


def draw(words: Words) -> bytes:
    """The card as PNG. Raises ServiceUnavailable where there is no font."""
    bold, plain = _font("Bold", 72), _font("Regular", 38)
    picture, pen = _night()
    _draw_owl(pen, EDGE - 10, 56, 2.2)
    pen.text((EDGE + 112, 84), "SidePro", font=plain, fill=PALE)
    title = known_letters(words.title, bold) or known_letters(words.name, bold)
    top = 188
    lines = wrapped(title, bold, WIDTH, TITLE_LINES - bool(words.text))
    for line in lines:
        pen.text((EDGE, top), line, font=bold, fill=PAPER)
        top += 92
    text = known_letters(words.text, plain)
    for line in wrapped(text, plain, WIDTH, TITLE_LINES + 1 - len(lines)):
        pen.text((EDGE, top + 12), line, font=plain, fill=PALE)
        top += 52
    left, top = float(EDGE), SIZE[1] - 90
    if words.name:
        name = fitted(known_letters(words.name, plain), plain, WIDTH // 2)
        pen.text((left, top), name, font=plain, fill=AMBER)
        left += plain.getlength(name) + 36
    foot = fitted(known_letters("  ·  ".join(words.foot), plain), plain, SIZE[0] - EDGE - left)
    pen.text((left, top), foot, font=plain, fill=PALE if words.name else AMBER)
    return _png(picture)


def draw_site(words: Words) -> bytes:
    """The site's own card: the owl, its name, what it is for, and a line at the foot."""
    name, bold, plain = _font("Bold", 124), _font("Bold", 50), _font("Regular", 38)
    picture, pen = _night()
    _draw_owl(pen, 776, 96, 7.6)
    pen.text((EDGE, 132), "SidePro", font=name, fill=PAPER)
    for number, part in enumerate(words.title.split(", ")):
        pen.text((EDGE, 316 + number * 68), part, font=bold, fill=(PAPER, AMBER)[number % 2])
    pen.text((EDGE, SIZE[1] - 90), words.text, font=plain, fill=PALE)
    return _png(picture)


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
    return text.rstrip(" ·") + "…"


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


def _night() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty card."""
    picture = Image.new("RGB", SIZE, NIGHT)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, SIZE[1] - 14, SIZE[0], SIZE[1]), fill=DUSK)
    return picture, pen


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


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
