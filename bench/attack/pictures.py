"""Pictures that are small on the wire: six of each at once."""

import io
from collections.abc import Callable
from typing import Any

import httpx
from PIL import Image

from bench.attack.jpegs import repeated_scans, scans_apart
from bench.attack.site import API, Person, Site, answers, at_once

GLASS = (9, 9, 9, 128)
UPRIGHT = 0x0112  # the tag of Exif that says how a picture is to be turned


def pngs(_site: Site, me: Person) -> str:
    """PNGs of 39 megapixels, 150 KB each."""
    return _upload(me, _saved(Image.new("RGBA", (6240, 6240), GLASS), "PNG"))


def pngs_at_the_limit(_site: Site, me: Person) -> str:
    """PNGs of 20 megapixels."""
    return _upload(me, _saved(Image.new("RGBA", (4472, 4472), GLASS), "PNG"))


def webps_at_the_limit(_site: Site, me: Person) -> str:
    """WebPs of 9 megapixels."""
    return _upload(me, _saved(Image.new("RGBA", (3000, 3000), GLASS), "WEBP"))


def jpegs_at_the_limit(_site: Site, me: Person) -> str:
    """JPEGs of 40 megapixels, too narrow to be decoded at a half, lying on their side."""
    exif = Image.Exif()
    exif[UPRIGHT] = 6
    return _upload(me, _saved(Image.new("CMYK", (3333, 12_000), GLASS), "JPEG", exif=exif))


def progressive_jpegs(_site: Site, me: Person) -> str:
    """Progressive JPEGs of 20 megapixels, narrow and on their side as well."""
    exif = Image.Exif()
    exif[UPRIGHT] = 6
    picture = Image.new("CMYK", (1666, 12_000), GLASS)
    return _upload(me, _saved(picture, "JPEG", progressive=True, subsampling=0, exif=exif))


def jpegs_of_many_scans(_site: Site, me: Person) -> str:
    """Progressive JPEGs of 20 megapixels that repeat their last scan 3,000 times."""
    return _upload(me, repeated_scans(4472, 3000))


def jpegs_of_scans_apart(_site: Site, me: Person) -> str:
    """JPEGs of 40 megapixels with each of four colours in a scan of its own."""
    return _upload(me, scans_apart(3333, 12_000, 4))


def gifs_of_many_frames(_site: Site, me: Person) -> str:
    """GIFs of 150 frames of a megapixel."""
    return _upload(me, _animated("GIF", (1000, 1000), 150))


def gifs_of_large_frames(_site: Site, me: Person) -> str:
    """GIFs of 12 frames of 12 megapixels."""
    return _upload(me, _animated("GIF", (3464, 3464), 12))


def animated_webps(_site: Site, me: Person) -> str:
    """WebPs of 16 frames of 9 megapixels."""
    return _upload(me, _animated("WEBP", (3000, 3000), 16, method=0))


def animated_pngs(_site: Site, me: Person) -> str:
    """PNGs of 7 frames of 20 megapixels."""
    return _upload(me, _animated("PNG", (4472, 4472), 7, compress_level=1, disposal=2))


def _animated(form: str, size: tuple[int, int], number: int, **options: Any) -> bytes:
    """Frames that differ in all pixels, so that none is stored as a part of the one before."""
    mode = "P" if form == "GIF" else "RGBA"
    colours: list[Any] = [n if mode == "P" else (n * 9, 9, 9, 128) for n in range(number)]
    frames = (Image.new(mode, size, colour) for colour in colours[1:])
    first = Image.new(mode, size, colours[0])
    return _saved(first, form, save_all=True, append_images=frames, duration=50, **options)


def _saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _upload(me: Person, data: bytes) -> str:
    def send(_: int) -> httpx.Response:
        file = {"image": ("x", data, "image/png")}
        return me.http.post(f"{me.base}{API}images/", files=file, data={"kind": "project"})

    return f"{len(data) // 1024:,} KB each: {answers(at_once(6, send))}"


ATTACKS: list[Callable[[Site, Person], str]] = [
    *(pngs, pngs_at_the_limit, webps_at_the_limit, jpegs_at_the_limit, progressive_jpegs),
    *(jpegs_of_many_scans, jpegs_of_scans_apart, gifs_of_many_frames, gifs_of_large_frames),
    *(animated_webps, animated_pngs),
]
