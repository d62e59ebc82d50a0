"""Markdown as published HTML: CommonMark and GFM as comrak reads them, with what Korean needs.

The parser's tree is changed where we differ (tests/text/ lists each difference with its reason),
written as HTML, and sanitised.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import comrak
from comrak import AstNode
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from project.text.code import code_block
from project.text.links import Mentions, link_addresses, mentioned_names
from project.text.nesting import TooNestedError, check_nesting
from project.text.raw_html import escape_unclosed, escape_words, is_html, paired_names, tag_name
from project.text.sanitise import sanitise

# 300 footnotes that all name one another would otherwise be megabytes.
MAX_HTML = 2_000_000

# Finds the nicknames that exist among some in lower case: as they are spelled, by lower case.
FindPeople = Callable[[set[str]], Mapping[str, str]]

# One tilde is a range ("1~2주"): read as a subscript, whose node says that it was one tilde, and
# turned back into tildes.
_TEXT = comrak.ExtensionOptions(
    strikethrough=True,
    subscript=True,
    table=True,
    tasklist=True,
    footnotes=True,
    header_id_prefix="",
    cjk_friendly_emphasis=True,
)
_COMMENT = comrak.ExtensionOptions(strikethrough=True, subscript=True, cjk_friendly_emphasis=True)
_RENDER = comrak.RenderOptions(hardbreaks=True, unsafe_=True)
# The link that comrak puts into each heading, with an English label.
HEADING_LINK = re.compile(
    r'<a href="#[^"]*" aria-label="[^"]*" data-heading-content="[^"]*" class="anchor"></a>'
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
INVALID = re.compile("[\x00\ud800-\udfff]")
LINE_END = re.compile(r"\r\n?")
FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
# What begins a block at the beginning of a line, and what only looks like it.
BLOCK_START = re.compile(r"^(\d{0,9})(?=[#>+*=<|~-]|[.)](?:\s|$)|\[[^\]]*\]:)")
NO_BLOCK_START = re.compile(r"<(?:https?|mailto):|\*{1,3}(?=[^\s*])|~~(?=[^\s~])|\d+[^.)\d]|[.)]")
# comrak's numbers of the blocks that begin with a tag and end with an empty line.
TAG_BLOCKS = {6, 7}
TAG_LINE = re.compile(r"\s*<.*>\s*")
# Not indented like code, and no HTML itself.
MARKDOWN_LINE = re.compile(r" {0,3}[^\s<]")
# Bare addresses inside these stay as they are.
UNLINKED = (comrak.Link, comrak.Image)
MAY_LINK = re.compile(r"://|www\.|@", re.IGNORECASE)
CHANGED = (comrak.HtmlInline, comrak.Subscript, comrak.Image)
HOLDS_INLINES = (
    *(comrak.Paragraph, comrak.Heading, comrak.TableCell),
    *(comrak.Emph, comrak.Strong, comrak.Strikethrough, *UNLINKED),
)


@dataclass(frozen=True)
class RenderedComment:
    """A comment's HTML, and the nicknames in lower case of those whom it mentions."""

    html: str
    mentioned: frozenset[str] = field(default_factory=frozenset)


def render_markdown(text: str) -> str:
    """A project's text as HTML. Raises TooNestedError."""
    text = _readable(text)
    tree = comrak.parse_document(text, _TEXT, None, _RENDER)
    if split := _split_html_lines(text, tree):
        tree = comrak.parse_document(split, _TEXT, None, _RENDER)
    _Rewriter(link_addresses).rewrite(tree)
    return _published(comrak.format_html(tree, _TEXT, None, _RENDER))


def render_comment(text: str, find_people: FindPeople) -> RenderedComment:
    """A comment as HTML: inline Markdown, fenced code, links, mentions; no other blocks.

    Raises TooNestedError.
    """
    tree = comrak.parse_document(_without_blocks(_readable(text)), _COMMENT, None, _RENDER)
    names = mentioned_names(_running_text(tree))
    mentions = Mentions(find_people(names) if names else {})
    _Rewriter(mentions.link, is_comment=True).rewrite(tree)
    html = _published(comrak.format_html(tree, _COMMENT, None, _RENDER))
    return RenderedComment(html, frozenset(mentions.found))


def validate_text(text: str) -> None:
    """Raise Django's ValidationError for a text that cannot be rendered."""
    try:
        render_markdown(text)
    except TooNestedError as error:
        raise ValidationError(str(error), code="too_nested") from error


def as_written(text: str) -> str:
    """A text that is not rendered, for it is nested too deeply: as it was typed."""
    return sanitise(f"<pre>{escape(INVALID.sub(REPLACEMENT, text), quote=False)}</pre>")


def _readable(text: str) -> str:
    """A text that the parser takes: without NUL and surrogates. Raises TooNestedError."""
    text = LINE_END.sub("\n", INVALID.sub(REPLACEMENT, text))
    check_nesting(text)
    return text


def _published(html: str) -> str:
    """HTML as it is kept. Raises TooNestedError when it is out of all proportion."""
    if len(html) > MAX_HTML:
        raise TooNestedError(_("HTML로 만들기에는 글이 너무 복잡해요."))
    return sanitise(escape_unclosed(HEADING_LINK.sub("", html)))


class _Rewriter:
    """Changes a parsed text where what we publish differs from what the parser would write."""

    def __init__(self, running_text: Callable[[str], str], *, is_comment: bool = False) -> None:
        self.running_text = running_text
        self.is_comment = is_comment
        self.coloured = 0

    def rewrite(self, tree: AstNode) -> None:
        """Change the tree in place."""
        nodes = [(tree, False)]
        while nodes:
            node, in_link = nodes.pop()
            children = node.children
            if not children:
                self._rewrite_leaf(node)
                continue
            value = node.node_value
            in_link = in_link or isinstance(value, UNLINKED)
            if isinstance(value, HOLDS_INLINES) and _may_change(children):
                node.children = children = self._rewrite_inlines(node, children, in_link)
            nodes += [(child, in_link) for child in children]

    def _rewrite_leaf(self, node: AstNode) -> None:
        """Colour code; tell HTML from words."""
        value = node.node_value
        if isinstance(value, comrak.CodeBlock):
            html, self.coloured = code_block(value.value.literal, value.value.info, self.coloured)
            node.node_value = _html_block(html)
        elif isinstance(value, comrak.HtmlBlock):
            html = escape_words(value.value.literal)
            node.node_value = _html_block(f"<p>{html}</p>\n" if html.startswith("&lt;") else html)

    def _rewrite_inlines(
        self, parent: AstNode, children: list[AstNode], in_link: bool
    ) -> list[AstNode]:
        """The pieces of a paragraph: subscripts as tildes, words in brackets as words, links."""
        pieces = _without_subscripts(children)
        paired = paired_names(
            _value(piece) for piece in pieces if isinstance(piece.node_value, comrak.HtmlInline)
        )
        written: list[AstNode] = []
        for piece in pieces:
            value = piece.node_value
            if isinstance(value, comrak.HtmlInline):
                tag = value.value
                if self.is_comment or not is_html(tag, is_paired=tag_name(tag) in paired):
                    piece = _text(tag, parent)
            elif self.is_comment and isinstance(value, comrak.Image):
                piece = _link_to_picture(piece)
            elif isinstance(value, comrak.SoftBreak) and written and _is_tag(written[-1], "<br"):
                piece = _inline_html("\n", parent)  # the line is broken already
            if written and _is_text(piece) and _is_text(written[-1]):
                written[-1] = _text(_value(written[-1]) + _value(piece), parent)
            else:
                written.append(piece)
        # The anchor of a heading is made from its text: that stays text.
        if in_link or isinstance(parent.node_value, comrak.Heading):
            return written
        return self._linked(parent, written)

    def _linked(self, parent: AstNode, pieces: list[AstNode]) -> list[AstNode]:
        """The same pieces, with links in the text that stands in none."""
        linked: list[AstNode] = []
        in_link = False
        for piece in pieces:
            if _is_tag(piece, "<a"):
                in_link = True
            elif _is_tag(piece, "</a"):
                in_link = False
            elif not in_link and _is_text(piece) and MAY_LINK.search(_value(piece)):
                piece = _inline_html(self.running_text(_value(piece)), parent)
            linked.append(piece)
        return linked


def _value(node: AstNode) -> Any:
    """What a node holds besides its children."""
    return node.node_value.value  # type: ignore[attr-defined]  # the stubs know it of each kind only


def _is_text(node: AstNode) -> bool:
    return isinstance(node.node_value, comrak.Text)


def _is_tag(node: AstNode, beginning: str) -> bool:
    """Whether it is a piece of HTML that begins like this."""
    value = node.node_value
    return isinstance(value, comrak.HtmlInline) and value.value.lower().startswith(beginning)


def _may_change(children: list[AstNode]) -> bool:
    """Whether pieces of a paragraph may be published as something else than the parser's HTML.

    Most are not; to leave them alone saves a fifth of the time of a whole text.
    """
    text = ""
    for child in children:
        value = child.node_value
        if isinstance(value, comrak.Text):
            text += value.value
        elif isinstance(value, CHANGED):
            return True
    return MAY_LINK.search(text) is not None


def _text(text: str, parent: AstNode) -> AstNode:
    return AstNode(comrak.Text(text), parent.sourcepos, parent, [])


def _inline_html(html: str, parent: AstNode) -> AstNode:
    return AstNode(comrak.HtmlInline(html), parent.sourcepos, parent, [])


def _html_block(html: str) -> comrak.HtmlBlock:
    return comrak.HtmlBlock(comrak.NodeHtmlBlock(6, html))


def _without_subscripts(children: list[AstNode]) -> list[AstNode]:
    """The same pieces, with each subscript as what was typed: its text between two tildes."""
    if not any(isinstance(child.node_value, comrak.Subscript) for child in children):
        return children
    pieces: list[AstNode] = []
    waiting = children[::-1]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece.node_value, comrak.Subscript):
            tilde = _text("~", piece)
            waiting += [tilde, *piece.children[::-1], tilde]
        else:
            pieces.append(piece)
    return pieces


def _link_to_picture(picture: AstNode) -> AstNode:
    """A picture in a comment, as a link to it."""
    link = _value(picture)
    children = picture.children or [_text(link.url, picture)]
    return AstNode(
        comrak.Link(comrak.NodeLink(link.url, link.title)),
        picture.sourcepos,
        picture.parent,
        children,
    )


def _running_text(tree: AstNode) -> str:
    """The text outside of code and links, each piece on a line: where a mention may stand."""
    pieces: list[str] = []
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if _is_text(node):
            pieces.append(_value(node))
        if not isinstance(node.node_value, UNLINKED):
            nodes += node.children
    return "\n".join(pieces)


def _split_html_lines(text: str, tree: AstNode) -> str | None:
    """The text with an empty line after each line of tags that would swallow what follows.

    CommonMark takes everything from a line of tags (`<br>`, `<img …>`, `</details>`) to the next
    empty line for HTML: `**bold**` would be published with its asterisks. None when nothing is.
    """
    lines = text.split("\n")
    margins: dict[int, str] = {}  # by the index of the line before which an empty one is missing
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        nodes += node.children
        value = node.node_value
        if not isinstance(value, comrak.HtmlBlock) or value.value.block_type not in TAG_BLOCKS:
            continue
        start, end = node.sourcepos.start, node.sourcepos.end
        prefix = lines[start.line - 1].encode()[: start.column - 1].decode(errors="replace")
        for index in range(start.line, min(end.line, len(lines))):
            before, line = lines[index - 1][len(prefix) :], lines[index][len(prefix) :]
            if TAG_LINE.fullmatch(before) and MARKDOWN_LINE.match(line):
                margins[index] = re.sub(r"[^>]", " ", prefix).rstrip()
    if not margins:
        return None
    return "\n".join(
        f"{margins[index]}\n{line}" if index in margins else line
        for index, line in enumerate(lines)
    )


def _without_blocks(text: str) -> str:
    """A comment in which nothing but fences begins a block: the rest is escaped."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        stripped = line.lstrip()
        if fence:
            lines.append(line)
            closing = stripped.rstrip()
            if closing.startswith(fence) and set(closing) == {fence[0]}:
                fence = ""
            continue
        if opened := FENCE.match(stripped):
            fence = opened[1]
            if not lines or lines[-1].strip():
                lines.append("")
            lines.append(stripped)
            continue
        lines.append(_escape_block_start(line))
    return "\n".join(lines)


def _escape_block_start(line: str) -> str:
    """A line of a comment that begins no block, with its indentation as hard spaces."""
    stripped = line.lstrip(" \t")
    indent = len(line[: len(line) - len(stripped)].expandtabs(4))
    if not NO_BLOCK_START.match(stripped):
        stripped = BLOCK_START.sub(r"\1\\", stripped, count=1)
    return "&nbsp;" * indent + stripped if indent > 1 else stripped
