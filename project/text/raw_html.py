"""Which pieces of HTML in a text are HTML, and which are words in angle brackets.

A parser takes `List<String>` for a tag, and a sanitiser drops it: the published sentence has lost a
word. So what the allow-list would not keep is decided here: shown as it was typed when it reads
like a type or a component, dropped when it is HTML that has no place in a text.
"""

import re
from collections import Counter
from collections.abc import Iterable

# Closed in the paragraph where they open; without the other half they are words.
PAIRED = frozenset(
    """
    abbr b cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike strong sub
    sup tt u var
    """.split()  # noqa: SIM905
)
# What else a writer may use as HTML: what a README holds.
ALLOWED = PAIRED | frozenset(
    """
    a blockquote br caption center col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4
    h5 h6 hr img li ol p picture pre summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
# HTML that is never shown, not even as words.
DROPPED = frozenset(
    """
    applet area article aside audio base body button canvas data datalist dialog dir embed
    fieldset font footer form frame frameset head header html iframe input label legend link main
    map marquee math menu meta meter nav noscript object optgroup option output param plaintext
    portal progress script section select slot source style svg template textarea time title
    track video wbr xmp
    """.split()  # noqa: SIM905
)

# A browser, and the sanitiser, take everything up to their end for words, to the end of the text
# where they have none: without the other half they are words themselves.
SWALLOWING = frozenset({"iframe", "noscript", "script", "style", "textarea", "title", "xmp"})
SWALLOWING_TAG = re.compile(
    rf"<({'|'.join(sorted(SWALLOWING))}|plaintext)(?=[\s/>])", re.IGNORECASE
)

TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)([^>]*)>")


def is_html(tag: str, *, is_paired: bool = True) -> bool:
    """Whether a piece in angle brackets is HTML, to be kept or dropped, and no words.

    `is_paired`: whether the other half of an element stands in the same paragraph.
    """
    match = TAG.fullmatch(tag)
    if not match:
        return True  # a comment, a declaration: nothing that a reader would miss
    _slash, name, attributes = match.groups()
    lower = name.lower()
    if lower in SWALLOWING:
        return is_paired
    if "=" in attributes:
        return True
    if lower in PAIRED or lower == "a":
        return is_paired
    if lower in ALLOWED:
        return True
    return name in DROPPED  # `<Button>` is a component, `<button>` is HTML


def paired_names(tags: Iterable[str]) -> set[str]:
    """The names of elements that are opened and closed among these tags."""
    halves: Counter[tuple[str, str]] = Counter()
    for tag in tags:
        if match := TAG.fullmatch(tag):
            halves[match[1], match[2]] += 1
    return {name for slash, name in halves if slash and ("", name) in halves}


def tag_name(tag: str) -> str:
    """The name of a tag as it is written; empty for comments and declarations."""
    match = TAG.fullmatch(tag)
    return match[2] if match else ""


def escape_unclosed(html: str) -> str:
    """HTML in which tags that would swallow the rest of it, for want of their end, are words."""
    lower = html.lower()
    ends = {name: lower.rfind(f"</{name}") for name in SWALLOWING}
    return SWALLOWING_TAG.sub(
        lambda tag: tag[0] if tag.start() < ends.get(tag[1].lower(), -1) else f"&lt;{tag[0][1:]}",
        html,
    )


def escape_words(html: str) -> str:
    """A block of HTML in which words in angle brackets are escaped and HTML is as it was."""
    return TAG.sub(lambda tag: tag[0] if is_html(tag[0]) else tag[0].replace("<", "&lt;", 1), html)
