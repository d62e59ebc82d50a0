"""Uploaded pictures: decoded, checked, drawn anew in two sizes and stored under random names.

What is stored was written by us from pixels, so that nothing but pixels of an upload survives: no
metadata, no scripts, no second format hidden in the file. Of an animation the first frame is kept.
"""

import io
import logging
import re
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from rest_framework import serializers

from user.constants import ImageKind
from user.models import Image, User

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 40_000_000
MIN_SIDE, MAX_SIDE = 8, 12_000
FULL_SIZE = (1920, 1920)
CARD_SIZES = {ImageKind.PROJECT: (640, 360), ImageKind.PROFILE: (256, 256)}
WEBP_QUALITY = 82
TOO_BIG = "이미지가 너무 큽니다."
STORAGE_ERRORS = (OSError, BotoCoreError, Boto3Error, ClientError)

# `images/<32 hexadecimal digits>.webp`, or `….card.webp`, at the end of an address or in a text.
NAME = re.compile(r"images/[0-9a-f]{32}(?:\.card)?\.webp")


class StorageError(OSError):
    """The place where pictures are kept does not answer."""


class UnusableImageError(ValueError):
    """The upload is no picture that can be used; says why, for people."""


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew: both sizes as WebP, and the size of the full one in pixels."""

    full: bytes
    card: bytes
    width: int
    height: int


def draw(upload: IO[bytes], kind: str) -> Drawn:
    """Decode an upload and draw it in both sizes. Raises UnusableImageError."""
    picture, profile = _decode(upload)
    card = ImageOps.fit(picture, CARD_SIZES[ImageKind(kind)], Pillow.Resampling.LANCZOS)
    picture.thumbnail(FULL_SIZE, Pillow.Resampling.LANCZOS)
    # Colours are put right last, on the small pictures: it takes long and copies the pixels.
    full = _in_srgb(picture, profile)
    return Drawn(_webp(full), _webp(_in_srgb(card, profile)), full.width, full.height)


def store(owner: User, kind: str, drawn: Drawn) -> Image:
    """Keep both sizes and the row that names them. Raises StorageError, keeping nothing."""
    name = f"images/{uuid.uuid4().hex}"
    full, card = f"{name}.webp", f"{name}.card.webp"
    try:
        default_storage.save(full, ContentFile(drawn.full))
        default_storage.save(card, ContentFile(drawn.card))
        return Image.objects.create(
            owner=owner, kind=kind, file=full, card=card, width=drawn.width, height=drawn.height
        )
    except STORAGE_ERRORS as error:
        logger.exception("A picture could not be stored")
        _discard(full, card)
        raise StorageError from error
    except DatabaseError:
        _discard(full, card)
        raise


# Three a card: making them anew took a fifth of the board's time. Names are random and never used
# again, so an address stays what it was.
@lru_cache(maxsize=20_000)
def image_url(name: str | None) -> str | None:
    """The address of a stored file."""
    return default_storage.url(name) if name else None


def images_in_text(text: str, owner: User) -> list[Image]:
    """The owner's pictures that a Markdown text shows, in one query."""
    names = {name.replace(".card.", ".") for name in NAME.findall(text)}
    return list(Image.objects.filter(owner=owner, file__in=names)) if names else []


@extend_schema_field(OpenApiTypes.STR)
class ImageURLField(serializers.Field[Any, Any, Any, Any]):
    """A picture, written and read as the address that the upload answered.

    Takes only pictures of the caller's own, and the one that is in place. Code `image_unknown`.
    """

    default_error_messages = {
        "image_unknown": "먼저 올린 이미지의 주소여야 합니다.",
        "invalid": "이미지의 주소여야 합니다.",
    }

    def to_representation(self, value: Image) -> str:
        """The address of the full size."""
        return str(image_url(value.file.name))

    def to_internal_value(self, data: Any) -> Image:
        """The picture of this address."""
        if not isinstance(data, str):
            self.fail("invalid")
        found = NAME.search(unquote(urlsplit(data).path)) if _is_ours(data) else None
        if not found:
            self.fail("image_unknown")
        image = Image.objects.filter(file=found[0].replace(".card.", ".")).first()
        caller = self.context["request"].user
        if image is None or image.owner_id not in {caller.pk, self._owner_in_place()}:
            self.fail("image_unknown")
        return image

    def _owner_in_place(self) -> int | None:
        """Whose picture is in place: an admin may save an author's project as it is."""
        project = getattr(self.parent, "instance", None)
        return getattr(project, "author_id", None)


def _is_ours(url: str) -> bool:
    """Whether the address leads to our storage (any host of ours serves local files)."""
    try:
        own, given = urlsplit(default_storage.url("images/x")), urlsplit(url)
    except ValueError:
        return False
    return not own.netloc or not given.netloc or own.netloc == given.netloc


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


def _discard(*names: str) -> None:
    """Remove what may have been stored of a picture that could not be stored whole."""
    try:
        for name in names:
            default_storage.delete(name)
    except STORAGE_ERRORS:
        logger.warning("Files without a row may be left behind: %s", ", ".join(names))


def max_upload_bytes() -> int:
    """The longest request that may hold a picture: the picture and the form around it."""
    return int(settings.IMAGE_MAX_BYTES) + 64 * 1024
