"""The allow-list: what may stand in published HTML, whatever a parser made of a text."""

import re

import nh3

from project.text.raw_html import ALLOWED, SWALLOWING

# Beyond what a writer may use: footnotes, and the boxes of task lists.
TAGS = set(ALLOWED) | {"section", "input"}
# Tags of anything else are taken out first. Left in, they change how a parser reads what follows
# (`<svg>`, `<template>`), and where one stands in the wrong place its words are lost with it.
# The commonest names stand first: of 20 KB with much code 0.9 ms instead of 3.1.
_NAMES = ["span", "p", "code", "a", "br", *sorted(TAGS | SWALLOWING)]
OTHER_TAG = re.compile(rf"<(?!/?(?:{'|'.join(_NAMES)})[\s/>])/?[a-z][^<>]*>", re.IGNORECASE)
_ALIGNED = {"align"}
_IDENTIFIED = {"align", "id"}
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "class", "id"},
    "img": {"src", "alt", "title", "width", "height", "align"},
    "code": {"class"},
    "span": {"class"},
    "p": _ALIGNED,
    "div": _ALIGNED,
    **{f"h{level}": _IDENTIFIED for level in range(1, 7)},
    "li": {"id"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "details": {"open"},
    "sup": {"class"},
    "section": {"class"},
    "table": _ALIGNED,
}
# Each a value that the renderer writes; whatever else stands there is a stranger's.
VALUES = {
    ("a", "class"): re.compile(r"mention|footnote-backref"),
    ("a", "id"): re.compile(r"fnref-[\w.%-]+"),
    ("li", "id"): re.compile(r"fn-[\w.%-]+"),
    ("code", "class"): re.compile(r"language-[\w+#.-]+"),
    ("span", "class"): re.compile(r"[a-z][a-z0-9]{0,2}"),
    ("sup", "class"): re.compile(r"footnote-ref"),
    ("section", "class"): re.compile(r"footnotes"),
    ("img", "width"): re.compile(r"\d{1,4}%?"),
    ("img", "height"): re.compile(r"\d{1,4}%?"),
}
ALIGNMENT = re.compile(r"left|right|center|justify|top|middle|bottom")
# A task's box as the cleaner writes it. Its quotes stand in no attribute, its bracket in no words.
BOX = re.compile(r'<input(?: (?:type="checkbox"|disabled=""|(checked="")))+>')
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# What a browser ignores inside an address, or reads as something else than it seems.
DECEPTIVE = re.compile(r"[\x00-\x1f\x7f\\]|^/(?:/|%5c|%2f)|^[\s\x80-\xa0]", re.IGNORECASE)


def safe_address(address: str, *, is_picture: bool) -> str | None:
    """An address as it may stand in a text, or None.

    http, https, places on this page and paths of this site; for links also mailto. A path that a
    browser would read as another host's ("//", or with a backslash) is none.
    """
    address = address.strip(" ")
    if DECEPTIVE.search(address):
        return None
    scheme = SCHEME.match(address)
    schemes = {"http:", "https:"} if is_picture else {"http:", "https:", "mailto:"}
    return None if scheme and scheme[0].lower() not in schemes else address


def _attribute(tag: str, name: str, value: str) -> str | None:
    """An attribute's value, or None where it goes."""
    if name == "href":
        return safe_address(value, is_picture=False)
    if name == "src":
        return safe_address(value, is_picture=True)
    if name == "align":
        return value if ALIGNMENT.fullmatch(value.lower()) else None
    pattern = VALUES.get((tag, name))
    return value if pattern is None or pattern.fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style"},
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    # Whatever else an <input> was: a box to look at.
    tag_attribute_values={"input": {"checked": {""}}},
    set_tag_attribute_values={
        "input": {"type": "checkbox", "disabled": ""},
        "img": {"loading": "lazy"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
    strip_comments=True,
)


def _ordered_box(box: re.Match[str]) -> str:
    """A task's box with its attributes in their order: the cleaner's is another in each process."""
    return f'<input type="checkbox" disabled=""{" " + box[1] if box[1] else ""}>'


def sanitise(html: str) -> str:
    """HTML reduced to the allow-list, well-formed; the same in every process."""
    return BOX.sub(_ordered_box, _cleaner.clean(OTHER_TAG.sub("", html)))
