"""JPEGs that no program saves but every decoder takes, made of the parts of ordinary ones."""

import io
import struct
from typing import Any

from PIL import Image

SCAN = b"\xff\xda"
FRAME = b"\xff\xc0"


def repeated_scans(side: int, repeats: int) -> bytes:
    """A progressive JPEG whose last scan, of 36 bytes at 20 megapixels, comes again and again."""
    data = _saved(Image.new("L", (side, side), 128), progressive=True)
    last = data.rindex(SCAN)
    scan = data[last:-2]
    return data[:last] + scan * repeats + data[-2:]


def scans_apart(width: int, height: int, colours: int) -> bytes:
    """A JPEG with each colour in a scan of its own: the decoder keeps them all until the last."""
    grey = _saved(Image.new("L", (width, height), 128))
    frame, scan = grey.index(FRAME), grey.index(SCAN)
    pixels = grey[scan + 10 : -2]
    sizes = grey[frame + 4 : frame + 9]
    components = b"".join(bytes([number, 0x11, 0]) for number in range(1, colours + 1))
    header = FRAME + struct.pack(">H", 8 + 3 * colours) + sizes + bytes([colours]) + components
    after = grey[frame + 2 + int.from_bytes(grey[frame + 2 : frame + 4], "big") : scan]
    scans = b"".join(
        SCAN + struct.pack(">HBBB", 8, 1, number, 0) + bytes([0, 63, 0]) + pixels
        for number in range(1, colours + 1)
    )
    return grey[:frame] + header + after + scans + grey[-2:]


def _saved(picture: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return out.getvalue()
