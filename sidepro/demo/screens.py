"""Draws the demo's covers: screens of imagined apps, the same ones for the same title.

What a screen shows is guessed from a word of the title or summary, as `KINDS` has them.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from sidepro.demo.art import PALETTES, SCALE, Colour, gradient, mix
from sidepro.pages.drawing import fitted

COVER = (1280, 720)
WHITE, NIGHT = (253, 252, 250), (31, 32, 44)

Box = tuple[float, float, float, float]  # left, top, width, height; of a cover of 1280 × 720


class Pen:
    """Draws on a cover with its colours: `paper`, `ink`, quiet `line` and two bright ones."""

    def __init__(self, picture: Image.Image, palette: tuple[Colour, ...], dark: bool) -> None:
        self.draw = ImageDraw.Draw(picture)
        self.unit = picture.width / 1280
        self.paper, self.ink = (NIGHT, WHITE) if dark else (WHITE, mix(palette[4], NIGHT, 0.75))
        self.line, self.text = mix(self.paper, self.ink, 0.1), mix(self.paper, self.ink, 0.35)
        self.bright = palette[2], palette[3]

    def box(self, box: Box, fill: Colour, radius: float = 10) -> None:
        """A rectangle with round corners."""
        left, top, width, height = (number * self.unit for number in box)
        ends = (left, top, left + max(width, 1), top + max(height, 1))
        self.draw.rounded_rectangle(ends, radius * self.unit, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """A disc around a point."""
        self.box((x - radius, y - radius, 2 * radius, 2 * radius), fill, radius)

    def path(self, points: list[tuple[float, float]], fill: Colour, width: float) -> None:
        """A line through points."""
        scaled = [(x * self.unit, y * self.unit) for x, y in points]
        self.draw.line(scaled, fill, round(width * self.unit), joint="curve")

    def words(self, x: float, y: float, width: float, rows: int, rng: Random) -> None:
        """A text too small to be read."""
        for row in range(rows):
            self.box((x, y + row * 26, width * rng.uniform(0.55, 1), 12), self.text, 6)

    def name(self, x: float, y: float, width: float, text: str) -> None:
        """The app's name; nothing where its font is not installed."""
        if font := _font(round(34 * self.unit)):
            shown = fitted(text, font, width * self.unit)
            self.draw.text((x * self.unit, y * self.unit), shown, self.ink, font, "lm")


Screen = Callable[[Pen, Box, Random], None]


def cover(title: str, summary: str = "") -> Image.Image:
    """The cover of a project."""
    said = f"{title} {summary}".lower()
    fitting = [draw for words, draw in KINDS.items() if any(word in said for word in words.split())]
    return _screenshot(title, fitting[0] if fitting else None)


def gallery(title: str, most: int) -> list[tuple[str, Image.Image]]:
    """At most so many more screens of the same app, each with what it shows."""
    return [(words, _screenshot(title, draw)) for words, draw in list(MORE.items())[:most]]


def _screenshot(title: str, screen: Screen | None) -> Image.Image:
    rng = Random(title)
    palette = rng.choice(PALETTES)
    size = (COVER[0] * SCALE, COVER[1] * SCALE)
    picture = gradient(size, *rng.sample(palette[:2], 2))
    pen = Pen(picture, palette, dark=rng.random() < 0.3)
    screen = screen or rng.choice(list(KINDS.values()))
    frame = _browser if screen is _code or rng.random() < 0.6 else _phones
    frame(pen, screen, title, rng)
    return picture.reduce(SCALE)


def _browser(pen: Pen, screen: Screen, title: str, rng: Random) -> None:
    pen.box((120, 64, 1040, 760), pen.line, 26)
    pen.box((122, 66, 1036, 760), pen.paper, 24)
    for number, colour in enumerate([(236, 106, 94), (244, 191, 79), (98, 197, 84)]):
        pen.disc(160 + number * 32, 104, 9, colour)
    pen.name(270, 105, 860, title)
    pen.box((122, 142, 1036, 3), pen.line, 0)
    screen(pen, (152, 172, 976, 600), rng)


def _phones(pen: Pen, screen: Screen, title: str, rng: Random) -> None:
    """The screen, and its list a little behind."""
    for left, top, draw in ((690, 150, _list), (230, 70, screen)):
        pen.box((left - 12, top - 12, 404, 760), mix(pen.ink, NIGHT, 0.6), 52)
        pen.box((left, top, 380, 760), pen.paper, 42)
        if draw is screen:
            pen.name(left + 28, top + 52, 330, title)
        draw(pen, (left + 24, top + 92, 332, 640), rng)


def _list(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    for row in range(6):
        y = top + row * 108
        pen.box((left, y, 84, 84), mix(rng.choice(pen.bright), pen.paper, rng.random() / 2), 16)
        pen.words(left + 104, y + 14, width * 0.5, 2, rng)
        pen.box((left + width - 62, y + 26, 62, 30), rng.choice(pen.bright), 15)


def _chart(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    tile = (width - 40) / 3
    for column in range(3):
        x = left + column * (tile + 20)
        pen.box((x, top, tile, 120), pen.line, 16)
        pen.words(x + 18, top + 24, tile * 0.5, 1, rng)
        pen.box((x + 18, top + 60, tile * rng.uniform(0.4, 0.7), 34), pen.bright[column % 2], 8)
    bars = int(width // 54)
    heights = [rng.uniform(60, 150) + 140 * column / bars for column in range(bars)]
    for column, height in enumerate(heights):
        x = left + column * width / bars
        colour = pen.bright[0] if column == bars - 2 else mix(pen.bright[0], pen.paper, 0.45)
        pen.box((x, top + 500 - height, width / bars * 0.62, height + 60), colour, 8)
    points = [(left + c * width / bars + 14, top + 440 - h * 0.8) for c, h in enumerate(heights)]
    pen.path(points, pen.bright[1], 6)


def _map(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, height = box
    pen.box(box, mix((208, 226, 206), pen.paper, 0.35), 20)
    bend = rng.uniform(0.2, 0.6) * height
    river = [(left + s * width / 24, top + bend + 60 * math.sin(s / 4)) for s in range(1, 24)]
    pen.path(river, mix((136, 184, 220), pen.paper, 0.25), 74)
    for _ in range(7):
        y, x = top + rng.random() * height, left + rng.random() * width
        pen.path([(left, y), (left + width, y + rng.uniform(-60, 60))], pen.paper, 12)
        pen.path([(x, top), (x + rng.uniform(-60, 60), top + height)], pen.paper, 12)
    places = [(rng.uniform(0.12, 0.88), rng.uniform(0.1, 0.8)) for _ in range(6)]
    spots = [(left + x * width, top + y * height) for x, y in sorted(places)]
    pen.path(spots[:4], pen.bright[0], 10)
    for x, y in spots:
        pen.disc(x, y, 24, pen.ink)
        pen.disc(x, y, 16, rng.choice(pen.bright))


def _chat(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    y = top
    while y < 720:
        mine, rows = rng.random() < 0.45, rng.choice([1, 1, 2])
        wide, high = width * rng.uniform(0.38, 0.6), 34 + rows * 26
        x = left + width - wide if mine else left + 60
        pen.box((x, y, wide, high), pen.bright[0] if mine else pen.line, 22)
        pen.words(x + 20, y + 24, wide - 44, rows, rng)
        if not mine:
            pen.disc(left + 24, y + 24, 22, pen.bright[1])
        y += high + 22


def _calendar(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    step = width / 7
    pen.words(left, top, width * 0.3, 1, rng)
    for day in range(42):
        x, y = left + day % 7 * step, top + 44 + day // 7 * min(step, 92)
        share = rng.choice([0, 0, 0, 0.45, 0.7, 1])
        cell = (x, y, step - 10, min(step, 92) - 10)
        pen.box(cell, mix(pen.line, rng.choice(pen.bright), share), 12)


def _gallery(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    columns = 2 if width < 500 else 4
    step = width / columns
    for place in range(columns * 3):
        x, y = left + place % columns * step, top + place // columns * 236
        sky, land = rng.sample(pen.bright, 2)
        pen.box((x, y, step - 18, 160), mix(sky, pen.paper, 0.5), 18)
        pen.disc(x + step * rng.uniform(0.3, 0.6), y + 64, 30, mix(land, pen.paper, 0.2))
        pen.box((x, y + 110, step - 18, 50), land, 18)
        pen.words(x + 4, y + 176, step * 0.7, 1, rng)


def _code(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    pen.box((left, top, width, 600), mix(NIGHT, (0, 0, 0), 0.2), 18)
    indent = 0
    for row in range(14):
        x = left + 76 + indent * 44
        pen.box((left + 24, top + 28 + row * 38, 24, 12), (82, 84, 104), 6)
        for colour in rng.sample([*pen.bright, (150, 152, 176)], rng.choice([1, 2, 3])):
            wide = rng.uniform(50, width / 5)
            pen.box((x, top + 28 + row * 38, wide, 14), mix(colour, WHITE, 0.15), 7)
            x += wide + 16
        indent = max(0, min(4, indent + rng.choice([-1, 0, 0, 1])))


def _board(pen: Pen, box: Box, rng: Random) -> None:
    left, top, width, _ = box
    columns = 2 if width < 500 else 4
    step = width / columns
    for column in range(columns):
        x, y = left + column * step, top + 54
        pen.box((x, top, step - 18, 600), pen.line, 18)
        pen.box((x + 16, top + 20, step * 0.4, 14), pen.bright[column % 2], 7)
        for _ in range(rng.choice([2, 3, 4])):
            pen.box((x + 12, y, step - 42, 104), pen.paper, 12)
            pen.words(x + 28, y + 22, step - 90, 2, rng)
            pen.disc(x + 40, y + 84, 10, rng.choice(pen.bright))
            y += 118


# The first that fits is taken.
KINDS: dict[str, Screen] = {
    "채팅 말투 번역 챗 알리미 talk": _chat,
    "지도 버스 한강 동네 이웃 카풀 공실 지하철역 충전소 tide bus camping": _map,
    "달력 시간표 타이머 커밋 예약 garden calendar bingo noise": _calendar,
    "가계부 주식 온도 전기 통계 로그 ledger status savings queue": _chart,
    "api cli linter 코드 코딩 sql 폰트 스프링 배포 raft diff types legacy schema 빌드": _code,
    "식물 사진 요리 카드 사전 도감 캠핑 photo owl receipts pdf": _gallery,
    "팀플 회의 할 일 기여 이슈 보드 board notebook stock": _board,
    "목록 일기 노트 찾기 모아 list feed": _list,
}

MORE: dict[str, Screen] = {
    "한눈에 보는 통계 화면": _chart,
    "목록 화면": _list,
    "달력 화면": _calendar,
    "사진 모아 보기": _gallery,
}


@lru_cache(4)
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    path = Path(settings.CARD_FONTS) / "Pretendard-Bold.otf"
    return ImageFont.truetype(str(path), size) if path.is_file() else None
