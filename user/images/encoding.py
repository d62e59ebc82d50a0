"""Pictures decoded, checked and encoded again: what is stored was written by us, from pixels.

So nothing but pixels of an upload survives: no metadata, no scripts, no second format hidden in
the file. One picture is decoded at a time in a process, and none is larger than its format can be
decoded in 250 MB. An animation stays one, as WebP; of one that is too long the first frame is kept.
"""

import io
import logging
import math
from dataclasses import dataclass
from itertools import islice
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, ImageSequence
from PIL.JpegImagePlugin import JpegImageFile

from user.api.bounded import Bounded
from user.constants import ImageKind
from user.images import jpeg
from user.images.memory import return_large_blocks

logger = logging.getLogger(__name__)

# The most pixels of each format. A JPEG is decoded at a part of its size, unless its decoder keeps
# it whole; WebP's decoder keeps four copies of a picture.
MAX_PIXELS = {"JPEG": 40_000_000, "PNG": 20_000_000, "WEBP": 9_000_000, "GIF": 12_000_000}
MAX_PIXELS_KEPT_WHOLE = 20_000_000
MIN_SIDE, MAX_SIDE = 8, 12_000
FULL_SIZE = (1920, 1920)
CARD_SIZES = {ImageKind.PROJECT: (640, 360), ImageKind.PROFILE: (256, 256)}
WEBP_QUALITY = 82
# Pillow's decoders raise many things at broken files; all of them mean the same here.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError)
# Of an animation: frames, and pixels of all frames as they come and as they are stored.
ANIMATED = {"GIF", "WEBP", "PNG"}
MAX_FRAMES = 200
MAX_ANIMATION_PIXELS = 150_000_000
MAX_STORED_PIXELS = 25_000_000
ANIMATION_SIDE = 960
MIN_MILLISECONDS = 20  # of a frame; browsers show no shorter ones
TOO_BIG = _("이미지가 너무 커요.")

decoding = Bounded(at_once=1, max_wait=8)


class UnusableImageError(ValueError):
    """The upload is no picture that can be used; says why, for people."""


@dataclass(frozen=True)
class EncodedImage:
    """A picture encoded again: both sizes as WebP, and the size of the full one in pixels."""

    full: bytes
    card: bytes
    width: int
    height: int


def re_encode(upload: IO[bytes], kind: str) -> EncodedImage:
    """Decode an upload and encode it in both sizes.

    Raises UnusableImageError, and ServiceUnavailable (503) when others are waiting for too long.
    """
    with decoding.place():
        return_large_blocks()  # only processes that decode pictures need it
        picture, profile = _decode(upload)
        picture.thumbnail(FULL_SIZE, Pillow.Resampling.LANCZOS)
        picture = picture.copy()  # without its decoder, which keeps some frames at their full size
        animation = _animation(upload)
        card = ImageOps.fit(picture, CARD_SIZES[ImageKind(kind)], Pillow.Resampling.LANCZOS)
        # Colours are put right last, on the small pictures: it takes long and copies the pixels.
        encoded_card = _webp(_in_srgb(card, profile))
        if animation:
            return EncodedImage(animation.data, encoded_card, animation.width, animation.height)
        full = _in_srgb(picture, profile)
        return EncodedImage(_webp(full), encoded_card, full.width, full.height)


def _decode(upload: IO[bytes]) -> tuple[Pillow.Image, bytes | None]:
    """The pixels of the first frame, upright, and their colour profile.

    Keeps few copies, because those of the largest pictures take 80 MB each. Raises
    UnusableImageError.
    """
    try:
        picture = Pillow.open(upload, formats=list(MAX_PIXELS))
        width, height = picture.size
        if width * height > _most_pixels(picture, upload) or max(width, height) > MAX_SIDE:
            raise UnusableImageError(TOO_BIG)
        if isinstance(picture, JpegImageFile) and jpeg.has_too_many_scans(upload):
            raise UnusableImageError(TOO_BIG)
        if min(width, height) < MIN_SIDE:
            raise UnusableImageError(_("이미지가 너무 작아요."))
        # A JPEG may be decoded at a half, a quarter or an eighth of its size.
        part = min(1.0, FULL_SIZE[0] / max(width, height))
        picture.draft(None, (math.ceil(width * part), math.ceil(height * part)))
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
        return _resizable(picture), picture.info.get("icc_profile")
    except UnusableImageError:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise UnusableImageError(TOO_BIG) from error
    except BROKEN as error:
        raise UnusableImageError(_("JPEG, PNG, WebP, GIF 이미지만 올릴 수 있어요.")) from error


def _most_pixels(picture: Pillow.Image, upload: IO[bytes]) -> int:
    """How many pixels a picture of this format may have."""
    if isinstance(picture, JpegImageFile) and jpeg.is_kept_whole(picture, upload):
        return MAX_PIXELS_KEPT_WHOLE
    return MAX_PIXELS.get(str(picture.format), MAX_PIXELS["JPEG"])  # a JPEG may hold several: "MPO"


@dataclass(frozen=True)
class _Animation:
    data: bytes
    width: int
    height: int


def _animation(upload: IO[bytes]) -> _Animation | None:
    """All frames as WebP; None for a still picture, and for what is too long or broken further on.

    Frames are made smaller as they come, so that together they take 100 MB at most.
    """
    upload.seek(0)
    source = Pillow.open(upload, formats=list(MAX_PIXELS))
    if source.format not in ANIMATED or not getattr(source, "is_animated", False):
        return None
    most = min(MAX_FRAMES, MAX_ANIMATION_PIXELS // math.prod(source.size))
    side = ANIMATION_SIDE
    frames: list[Pillow.Image] = []
    durations: list[int] = []
    try:
        for frame in islice(ImageSequence.Iterator(source), most + 1):
            small = _resizable(frame)
            if max(small.size) > side:  # at once, since a copy of the largest takes 80 MB
                small = ImageOps.contain(small, (side, side), Pillow.Resampling.BILINEAR)
            small = small.convert("RGBA")
            frames.append(small)
            durations.append(max(MIN_MILLISECONDS, round(frame.info.get("duration", 100))))
            if len(frames) * math.prod(small.size) > MAX_STORED_PIXELS:
                side = max(small.size) * 2 // 3
                for earlier in frames:
                    earlier.thumbnail((side, side), Pillow.Resampling.BILINEAR)
    except BROKEN:
        logger.info("An uploaded animation breaks off; its first frame is kept")
        return None
    if not 1 < len(frames) <= most:
        return None
    size = frames[-1].size
    frames = [frame if frame.size == size else frame.resize(size) for frame in frames]
    out = io.BytesIO()
    frames[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=source.info.get("loop", 1),
        quality=WEBP_QUALITY,
        method=1,
    )
    return _Animation(out.getvalue(), *frames[0].size)


def _resizable(picture: Pillow.Image) -> Pillow.Image:
    """The picture with 8 bits a colour and without a palette."""
    if picture.mode in {"I", "I;16", "I;16B", "F"}:
        return picture.point(lambda value: value / 256).convert("L")
    if "transparency" in picture.info or picture.mode in {"LA", "PA"}:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "RGBA", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """The picture as RGB or RGBA, its colours as its profile meant them."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
            return converted or picture.convert(mode)
        except (ImageCms.PyCMSError, OSError):
            logger.info("An uploaded picture has an unusable colour profile")
    return picture.convert(mode)


def _webp(picture: Pillow.Image) -> bytes:
    clean = Pillow.new(picture.mode, picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    return out.getvalue()
