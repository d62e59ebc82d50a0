"""Draws the demo's pictures: calm covers and owls, the same ones for the same seed."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

COVER = (1280, 720)
AVATAR = (320, 320)
# Shapes are drawn at this multiple and shrunk, which smooths their edges.
SCALE = 2

Colour = tuple[int, int, int]
# background from, background to, three shades for shapes
PALETTES: list[tuple[Colour, ...]] = [
    ((38, 50, 84), (78, 92, 140), (244, 205, 132), (148, 164, 212), (226, 230, 246)),
    ((236, 228, 214), (248, 241, 230), (196, 122, 90), (120, 146, 130), (80, 90, 104)),
    ((206, 224, 220), (236, 244, 240), (70, 128, 124), (232, 176, 128), (38, 74, 84)),
    ((232, 220, 234), (246, 238, 244), (134, 104, 160), (226, 150, 158), (72, 62, 102)),
    ((30, 66, 72), (60, 112, 112), (240, 214, 168), (130, 182, 168), (222, 240, 230)),
    ((252, 232, 214), (254, 244, 232), (232, 140, 108), (246, 196, 120), (110, 84, 90)),
    ((214, 226, 240), (238, 244, 250), (88, 126, 178), (242, 188, 156), (48, 70, 110)),
    ((58, 46, 70), (104, 80, 112), (242, 190, 158), (190, 142, 170), (244, 228, 224)),
    ((222, 230, 208), (242, 245, 232), (122, 148, 92), (214, 170, 98), (66, 86, 62)),
]


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """A picture that goes from one colour at the top to another at the bottom."""
    column = Image.new("RGB", (1, 64))
    column.putdata([mix(top, bottom, y / 63) for y in range(64)])
    return column.resize(size, Image.Resampling.BILINEAR)


def cover(seed: str) -> Image.Image:
    """The cover of a project."""
    rng = Random(seed)
    palette = rng.choice(PALETTES)
    size = (COVER[0] * SCALE, COVER[1] * SCALE)
    picture = gradient(size, *rng.sample(palette[:2], 2))
    pattern = rng.choice([_hills, _discs, _windows, _triangles, _night, _rings, _ribbons])
    pattern(ImageDraw.Draw(picture, "RGBA"), size, palette, rng)
    return picture.reduce(SCALE)


def avatar(seed: str) -> Image.Image:
    """An owl's face."""
    rng = Random(seed)
    back, light, feathers, eyes, _ = rng.choice(PALETTES)
    side = AVATAR[0] * SCALE
    picture = gradient((side, side), back, light)
    draw = ImageDraw.Draw(picture)
    unit = side / 16
    middle, brow = 8 * unit, (4.2 + rng.random()) * unit
    tuft = rng.uniform(1.2, 2.6) * unit
    for way in (-1, 1):  # ears, a little apart from each other
        tip = (middle + way * 4.6 * unit, brow - tuft)
        base = [(middle + way * x * unit, brow + 2.4 * unit) for x in (1.2, 5.4)]
        draw.polygon([tip, *base], fill=feathers)
    body = (middle - 5.4 * unit, brow, middle + 5.4 * unit, side + 4 * unit)
    draw.rounded_rectangle(body, 5 * unit, fill=feathers)
    ring, pupil = rng.uniform(2.1, 2.6), rng.uniform(0.8, 1.2)
    look = rng.choice([-0.5, 0, 0.5])
    for way in (-1, 1):
        x, y = middle + way * 2.4 * unit, brow + 3.6 * unit
        _disc(draw, x, y, ring * unit, mix(eyes, (255, 255, 255), 0.75))
        _disc(draw, x + look * unit, y, (pupil + 0.5) * unit, eyes)
        _disc(draw, x + look * unit, y, pupil * unit, (34, 30, 46))
        _disc(draw, x + (look + 0.35) * unit, y - 0.35 * unit, 0.3 * unit, (255, 255, 255))
    beak = [(-0.8, 5), (0.8, 5), (0, 6.8)]
    draw.polygon([(middle + x * unit, brow + y * unit) for x, y in beak], fill=(238, 176, 92))
    for row in range(3):  # the breast's feathers
        for column in range(-2, 3):
            x, y = middle + (column + row % 2 / 2) * 1.7 * unit, brow + (8.4 + row * 1.5) * unit
            box = (x - 0.6 * unit, y - 0.6 * unit, x + 0.6 * unit, y + 0.6 * unit)
            draw.arc(box, 0, 180, fill=mix(feathers, light, 0.55), width=round(unit / 4))
    return picture.reduce(SCALE)


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: object) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)  # type: ignore[arg-type]


def _clear(colour: Colour, opacity: int) -> tuple[int, int, int, int]:
    return (*colour, opacity)


Pattern = Callable[[ImageDraw.ImageDraw, tuple[int, int], tuple[Colour, ...], Random], None]


def _hills(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    width, height = size
    _disc(draw, width * rng.uniform(0.2, 0.8), height * 0.3, height / 9, palette[3])
    for layer in range(5):
        phase, waves = rng.uniform(0, math.tau), rng.uniform(0.8, 2.4)
        level = height * (0.42 + 0.13 * layer)
        line = [
            (x, level + height * 0.06 * math.sin(phase + waves * math.tau * x / width))
            for x in range(0, width + 40, 40)
        ]
        fill = mix(mix(palette[2], palette[0], 0.6), palette[4], layer / 5)
        draw.polygon([*line, (width, height), (0, height)], fill=fill)


def _discs(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    for _ in range(16):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        fill = _clear(rng.choice(palette[2:]), rng.randrange(60, 150))
        _disc(draw, x, y, rng.uniform(60, 380), fill)


def _windows(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    """Cards of an imagined screen."""
    columns, rows = rng.choice([(4, 3), (5, 3), (6, 4)])
    gap = size[0] / 70
    width, height = (size[0] - gap) / columns, (size[1] - gap) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = gap + column * width, gap + row * height
            fill = _clear(rng.choice(palette[1:]), rng.randrange(90, 230))
            right, bottom = x + width - gap, y + height - gap
            draw.rounded_rectangle((x, y, right, bottom), gap * 0.8, fill=fill)
            if rng.random() < 0.5:
                bar = (x + gap, y + gap, x + width * rng.uniform(0.4, 0.8), y + gap * 1.7)
                draw.rounded_rectangle(bar, gap / 3, fill=_clear(palette[4], 120))


def _triangles(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    side = rng.choice([160, 240, 320])
    for x in range(0, size[0], side):
        for y in range(0, size[1], side):
            corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
            corners.pop(rng.randrange(4))
            fill = mix(rng.choice(palette[2:]), palette[1], rng.uniform(0.1, 0.75))
            draw.polygon(corners, fill=fill)


def _night(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    """Stars, joined to a constellation, over roofs."""
    width, height = size
    for _ in range(140):
        x, y = rng.uniform(0, width), rng.uniform(0, height * 0.8)
        _disc(draw, x, y, rng.uniform(1.5, 5), _clear(palette[2], rng.randrange(80, 220)))
    points = sorted(
        (rng.uniform(0.1, 0.9) * width, rng.uniform(0.1, 0.6) * height) for _ in range(6)
    )
    draw.line(points, fill=_clear(palette[3], 170), width=5)
    for x, y in points:
        _disc(draw, x, y, 14, palette[2])
    x = 0.0
    while x < width:
        wide, high = rng.uniform(90, 220), rng.uniform(120, 380)
        draw.rectangle((x, height - high, x + wide, height), fill=palette[4])
        for level in range(int(high // 70)):
            if rng.random() < 0.6:
                top = height - high + 30 + level * 70
                draw.rectangle((x + 26, top, x + 56, top + 32), fill=palette[2])
        x += wide + rng.uniform(-10, 40)


def _rings(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    for _ in range(3):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        for radius in range(900, 0, -90):
            fill = palette[2 + radius // 90 % 3]
            _disc(draw, x, y, radius, _clear(mix(fill, palette[1], 0.35), 120))


def _ribbons(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], palette: tuple[Colour, ...], rng: Random
) -> None:
    width, height = size
    slope = rng.choice([-1, 1]) * rng.uniform(0.2, 0.7)
    x = -float(height)
    while x < width + height:
        wide = rng.uniform(40, 240)
        fill = _clear(rng.choice(palette[1:]), rng.randrange(70, 200))
        shift = slope * height
        draw.polygon([(x, 0), (x + wide, 0), (x + wide + shift, height), (x + shift, height)], fill)
        x += wide
