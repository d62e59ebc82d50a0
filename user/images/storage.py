"""Where pictures are kept: a file in two sizes under a random name, and the row that names it."""

import logging
import re
import uuid
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError

from user.images.encoding import EncodedImage
from user.models import Image, User

logger = logging.getLogger(__name__)

STORAGE_ERRORS = (OSError, BotoCoreError, Boto3Error, ClientError)

# `images/<32 hexadecimal digits>.webp`, or `….card.webp`, at the end of an address or in a text.
NAME = re.compile(r"images/[0-9a-f]{32}(?:\.card)?\.webp")


class StorageError(OSError):
    """The place where pictures are kept does not answer."""


def store(owner: User, kind: str, encoded: EncodedImage) -> Image:
    """Keep both sizes and the row that names them. Raises StorageError, keeping nothing."""
    name = f"images/{uuid.uuid4().hex}"
    full, card = f"{name}.webp", f"{name}.card.webp"
    try:
        default_storage.save(full, ContentFile(encoded.full))
        default_storage.save(card, ContentFile(encoded.card))
        return Image.objects.create(
            owner=owner, kind=kind, file=full, card=card, width=encoded.width, height=encoded.height
        )
    except STORAGE_ERRORS as error:
        logger.exception("A picture could not be stored")
        discard(full, card)
        raise StorageError from error
    except DatabaseError:
        discard(full, card)
        raise


# Three a card: without the cache a page takes 1.15 times as long (`bench.prices`). Names are random
# and never used again, so an address stays what it was.
@lru_cache(maxsize=20_000)
def image_url(name: str | None) -> str | None:
    """The address of a stored file."""
    return default_storage.url(name) if name else None


def image_name(url: str) -> str | None:
    """The name of the stored picture at an address, in full size; None for any other address."""
    found = NAME.search(unquote(urlsplit(url).path)) if _is_ours(url) else None
    return found[0].replace(".card.", ".") if found else None


def images_in_text(text: str, owner: User) -> list[Image]:
    """The owner's pictures that a Markdown text shows, in one query."""
    names = {name.replace(".card.", ".") for name in NAME.findall(text)}
    return list(Image.objects.filter(owner=owner, file__in=names)) if names else []


def _is_ours(url: str) -> bool:
    """Whether the address leads to our storage (any host of ours serves local files)."""
    try:
        own, given = urlsplit(default_storage.url("images/x")), urlsplit(url)
    except ValueError:
        return False
    return not own.netloc or not given.netloc or own.netloc == given.netloc


def discard(*names: str) -> None:
    """Remove what may have been stored of pictures that could not be stored whole."""
    try:
        for name in names:
            default_storage.delete(name)
    except STORAGE_ERRORS:
        logger.warning("Files without a row may be left behind: %s", ", ".join(names))
