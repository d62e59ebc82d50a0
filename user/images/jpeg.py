"""What a JPEG costs to decode, before it is decoded."""

from typing import IO

from PIL import Image as Pillow

# Programs write ten. At 20 megapixels one of 36 bytes takes 13 ms, and 5 MB hold 140,000 of them.
MAX_SCANS = 100
START_OF_SCAN = 0xDA
WITHOUT_CONTENT = {0x00, 0x01, *range(0xD0, 0xD8)}  # no marker, TEM, and those within a scan


def has_too_many_scans(upload: IO[bytes]) -> bool:
    """Whether decoding would go over the picture more often than any program makes it."""
    return _content(upload).count(bytes([0xFF, START_OF_SCAN])) > MAX_SCANS


def is_kept_whole(picture: Pillow.Image, upload: IO[bytes]) -> bool:
    """Whether the decoder keeps all of the picture, at two bytes a colour, until the last scan.

    So it does when the picture is progressive, or when each colour has a scan of its own.
    """
    colours = len(picture.getbands())
    return "progressive" in picture.info or _colours_of_first_scan(_content(upload)) < colours


def _content(upload: IO[bytes]) -> bytes:
    position = upload.tell()
    upload.seek(0)
    content = upload.read()
    upload.seek(position)
    return content


def _colours_of_first_scan(content: bytes) -> int:
    """How many colours it holds; 0 without a scan. Finds markers as libjpeg does."""
    position = 2
    while (position := content.find(b"\xff", position)) >= 0:
        while content[position : position + 1] == b"\xff":
            position += 1
        marker = int.from_bytes(content[position : position + 1])
        position += 1
        if marker == START_OF_SCAN:
            return int.from_bytes(content[position + 2 : position + 3])
        if marker not in WITHOUT_CONTENT:
            position += int.from_bytes(content[position : position + 2])
    return 0
