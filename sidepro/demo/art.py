"""Draws the demo's owls, the same ones for the same seed; the colours of all its pictures."""

from random import Random

from PIL import Image, ImageDraw

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
