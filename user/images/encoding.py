"""Pictures decoded, checked and encoded again: what is stored was written by us, from pixels.

So nothing but pixels of an upload survives: no metadata, no scripts, no second format hidden in
the file. Of an animation the first frame is kept.
"""

import io
import logging
from dataclasses import dataclass
from typing import IO

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from user.constants import ImageKind

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 40_000_000
MIN_SIDE, MAX_SIDE = 8, 12_000
FULL_SIZE = (1920, 1920)
CARD_SIZES = {ImageKind.PROJECT: (640, 360), ImageKind.PROFILE: (256, 256)}
WEBP_QUALITY = 82
TOO_BIG = "이미지가 너무 큽니다."


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
    """Decode an upload and encode it in both sizes. Raises UnusableImageError."""
    picture, profile = _decode(upload)
    card = ImageOps.fit(picture, CARD_SIZES[ImageKind(kind)], Pillow.Resampling.LANCZOS)
    picture.thumbnail(FULL_SIZE, Pillow.Resampling.LANCZOS)
    # Colours are put right last, on the small pictures: it takes long and copies the pixels.
    full = _in_srgb(picture, profile)
    return EncodedImage(_webp(full), _webp(_in_srgb(card, profile)), full.width, full.height)


def _decode(upload: IO[bytes]) -> tuple[Pillow.Image, bytes | None]:
    """The pixels of the first frame, upright, and their colour profile.

    Keeps few copies, because those of the largest pictures take 160 MB each. Raises
    UnusableImageError.
    """
    try:
        picture = Pillow.open(upload, formats=FORMATS)
        width, height = picture.size
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
            raise UnusableImageError(TOO_BIG)
        if min(width, height) < MIN_SIDE:
            raise UnusableImageError("이미지가 너무 작습니다.")
        picture.draft(None, FULL_SIZE)  # a JPEG may be decoded at a half or a quarter of its size
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
        return _resizable(picture), picture.info.get("icc_profile")
    except UnusableImageError:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise UnusableImageError(TOO_BIG) from error
    # Pillow's decoders raise many things at broken files; all of them mean the same here.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise UnusableImageError("JPEG, PNG, WebP, GIF 이미지만 올릴 수 있습니다.") from error


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
