"""The built `index.html`, and how a page is written into it.

The front end marks the two places: what describes the page in its head, and what stands in its root
element until the scripts take over.
"""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

MARKS = ("<!--page:head-->", "<!--/page:head-->", "<!--page:text-->", "<!--/page:text-->")


class NotBuiltError(Exception):
    """There is no built front end."""


@dataclass(frozen=True)
class Shell:
    """The parts of the built page around what is written into it."""

    before: str
    between: str
    after: str

    def filled(self, head: str, text: str) -> str:
        """The page with this head and text."""
        return f"{self.before}{head}{self.between}{text}{self.after}"


def index_html() -> Path:
    """The built page."""
    return Path(settings.FRONTEND_DIR) / "index.html"


def current_shell() -> Shell | None:
    """The shell as it is built now; None for a build that marks no places. Raises NotBuiltError."""
    try:
        built = index_html().stat()
    except OSError as error:
        raise NotBuiltError from error
    return _shell(index_html(), built.st_mtime_ns, built.st_size)


def legal_texts() -> dict[str, Any]:
    """The terms and privacy policy that the front end was built with; {} without them."""
    path = Path(settings.FRONTEND_DIR) / "legal.json"
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        logger.error("The built front end is of another version: it has no legal texts")
        return {}


@lru_cache(maxsize=2)
def _shell(path: Path, _mtime: int, _size: int) -> Shell | None:
    html = path.read_text("utf-8")
    places = [html.find(mark) for mark in MARKS]
    if -1 in places or places != sorted(places):
        logger.error("The built front end is of another version: pages go out without their text")
        return None
    head, head_end, text, text_end = places
    return Shell(
        html[:head],
        html[head_end + len(MARKS[1]) : text],
        html[text_end + len(MARKS[3]) :],
    )
